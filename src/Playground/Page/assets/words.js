// The page's own words; the bot speaks for itself.

const en = {
  people: "People", local: "a Telegram on this machine", tools: "Inspector", addPerson: "Add a person", id: "Id", firstName: "First name", lastName: "Last name",
  username: "Username", language: "Language", add: "Add", reset: "Start over", confirmReset: "Forget all chats and bring the demo people back?", resetDone: "Everything is as at the start.",
  back: "Back to the people", block: "Block the bot", unblock: "Unblock the bot", export: "Export", exportChat: "Save this chat as JSON", messages: "Messages", commands: "Commands",
  menu: "Menu", message: "Message", send: "Send", empty: "Choose somebody on the left and write to the bot as them.",
  keys: "Alt+↑ ↓ other person · / commands · Tab buttons · Esc back to writing", start: "Start", noMessages: "No messages yet.",
  inspector: "Inspector", faults: "Faults", scenario: "Recording", close: "Close", byPerson: "Person", byMethod: "Method or update", onlyViolations: "only violations", withPolls: "with getUpdates",
  clear: "Clear", everybody: "Everybody", openChat: "The open chat", noEntries: "Bot API calls and updates show up here.",
  faultsHelp: "The next calls of the bot go wrong in this way.", what: "What happens", fault429: "429 Too Many Requests", fault500: "500 Internal Server Error",
  faultCutBefore: "connection cut, not executed", faultCutAfter: "executed, then connection cut", faultDelay: "delayed", faultHang: "never answered", method: "Method",
  anyMethod: "any but getUpdates", seconds: "Seconds", times: "How many calls", onlyHere: "only in the open chat", plan: "Let it happen", clearFaults: "Forget all faults",
  faultPlanned: "Planned.", scenarioHelp: "Records what people do and what the bot shows, as a scenario file that tests can replay.", scenarioName: "Name", record: "Record",
  stop: "Stop and save", playFile: "Play a file", recordedSteps: n => `${n} ${n === 1 ? "step" : "steps"} so far`, playing: "Playing…", played: (name, n) => `✓ ${name}: ${n} steps as recorded`,
  violation: "breaks a rule of Telegram", copyCurl: "Copy as curl", copyJson: "Copy JSON", copied: "Copied", parameters: "Parameters", result: "Result", noAnswer: "no answer",
  waiting: "waits for the bot", handedOut: "handed out", confirmed: "confirmed", dropped: "dropped", call: "call", update: "update",
  isTyping: bot => `${bot} is typing…`, does: (bot, action) => `${bot}: ${action}…`, edited: "edited", earlier: n => `${n} earlier`, photo: "Photo", sticker: "Sticker", contact: "Contact",
  voice: "Voice message", paid: (amount, title) => `Paid ${amount} for ${title}`, refunded: amount => `Refunded ${amount}`, refused: "The payment was refused.",
  timedOut: "The bot did not answer the pre-checkout within 10 seconds: the payment is cancelled.", unknownButton: "The playground does not know this kind of button.",
  lost: "The playground does not answer; trying again…", more: n => `and ${n} more people`, blocked: "blocked",
};

const ru = {
  people: "Люди", local: "Telegram на этом компьютере", tools: "Инспектор", addPerson: "Добавить человека", id: "Id", firstName: "Имя", lastName: "Фамилия",
  username: "Имя в сети", language: "Язык", add: "Добавить", reset: "Начать заново", confirmReset: "Забыть все чаты и вернуть демо-людей?", resetDone: "Всё как в начале.",
  back: "Назад к людям", block: "Заблокировать бота", unblock: "Разблокировать бота", export: "Сохранить", exportChat: "Сохранить чат как JSON", messages: "Сообщения", commands: "Команды",
  menu: "Меню", message: "Сообщение", send: "Отправить", empty: "Выберите кого-нибудь слева и пишите боту от его имени.",
  keys: "Alt+↑ ↓ другой человек · / команды · Tab кнопки · Esc снова писать", start: "Начать", noMessages: "Сообщений пока нет.",
  inspector: "Инспектор", faults: "Сбои", scenario: "Запись", close: "Закрыть", byPerson: "Человек", byMethod: "Метод или update", onlyViolations: "только нарушения", withPolls: "с getUpdates",
  clear: "Очистить", everybody: "Все", openChat: "Открытый чат", noEntries: "Здесь появятся вызовы Bot API и обновления.",
  faultsHelp: "Следующие вызовы бота пойдут не так.", what: "Что случится", fault429: "429 Too Many Requests", fault500: "500 Internal Server Error",
  faultCutBefore: "обрыв связи до выполнения", faultCutAfter: "выполнено, затем обрыв", faultDelay: "задержка", faultHang: "ответа не будет", method: "Метод",
  anyMethod: "любой, кроме getUpdates", seconds: "Секунд", times: "Сколько вызовов", onlyHere: "только в открытом чате", plan: "Пусть случится", clearFaults: "Забыть все сбои",
  faultPlanned: "Запланировано.", scenarioHelp: "Записывает, что делают люди и что показывает бот, в файл сценария, который могут повторить тесты.", scenarioName: "Название", record: "Записывать",
  stop: "Закончить и сохранить", playFile: "Проиграть файл", recordedSteps: n => `Шагов: ${n}`, playing: "Играю…", played: (name, n) => `✓ ${name}: шагов как в записи — ${n}`,
  violation: "нарушает правило Telegram", copyCurl: "Как curl", copyJson: "Как JSON", copied: "Скопировано", parameters: "Параметры", result: "Результат", noAnswer: "без ответа",
  waiting: "ждёт бота", handedOut: "отдано", confirmed: "подтверждено", dropped: "отброшено", call: "вызов", update: "обновление",
  isTyping: bot => `${bot} печатает…`, does: (bot, action) => `${bot}: ${action}…`, edited: "изменено", earlier: n => `ещё ${n} раньше`, photo: "Фото", sticker: "Стикер", contact: "Контакт",
  voice: "Голосовое сообщение", paid: (amount, title) => `Оплачено ${amount}: ${title}`, refunded: amount => `Возвращено ${amount}`, refused: "Платёж отклонён.",
  timedOut: "Бот не ответил на pre-checkout за 10 секунд: платёж отменён.", unknownButton: "Такие кнопки здесь не работают.",
  lost: "Нет связи с площадкой, пробую снова…", more: n => `и ещё людей: ${n}`, blocked: "заблокирован",
};

const key = "playground.language";
let words = pick();

function pick() {
  const wanted = localStorage.getItem(key) ?? navigator.language;
  return wanted?.toLowerCase().startsWith("ru") ? ru : en;
}

export const t = (name, ...values) => typeof words[name] === "function" ? words[name](...values) : words[name] ?? name;

/** Puts the words into the parts of the page that are always there. */
export function say() {
  document.documentElement.lang = words === ru ? "ru" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-title]")) node.title = t(node.dataset.tTitle);
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  document.getElementById("words").textContent = words === ru ? "EN" : "RU";
}

export function otherLanguage() {
  localStorage.setItem(key, words === ru ? "en" : "ru");
  words = pick();
  say();
}
