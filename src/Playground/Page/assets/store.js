/** What the modules share: the people and the bot, the open chat, how much of it is shown. */
export const store = { state: null, chat: null, limit: 100 };

export function titleOf(chatId) {
  return store.state?.chats.find(c => c.id === chatId)?.title ?? (chatId == null ? "" : String(chatId));
}
