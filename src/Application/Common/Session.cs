namespace MarketBot.Application.Common;

/// <summary>
/// The state of the conversation with a person: the awaited answer, the language, the last search. An awaited answer carries earlier answers, which may be a
/// secret and is stored encrypted. Whoever changes the session need not save it: it is saved with the update.
/// </summary>
public sealed class Session
{
    /// <summary>The largest length of a stored search text, in code points.</summary>
    public const int MaxSearchLength = 64;

    /// <summary>The longest language tag that is kept (RFC 5646, 4.4.1: 35 characters are enough for nearly all).</summary>
    public const int MaxLanguageTagLength = 35;

    private const int SearchIds = 10_000;

    /// <summary>A session that remembers nothing.</summary>
    public Session(TelegramId id) => Id = id;

    /// <summary>A session as it is stored.</summary>
    public Session(TelegramId id, string? awaited, string? language, int searchId, string? searchText, string? clientLanguage = null)
    {
        Id = id;
        Awaited = awaited;
        Language = language;
        SearchId = searchId;
        SearchText = searchText;
        ClientLanguage = clientLanguage;
    }

    /// <summary>The person's id, or the group's for a group.</summary>
    public TelegramId Id { get; }

    /// <summary>The route and arguments of the awaited answer, or null.</summary>
    public string? Awaited { get; private set; }

    /// <summary>The chosen language's two-letter code; null: as the person's client says.</summary>
    public string? Language { get; private set; }

    /// <summary>
    /// The IETF tag of the language that the person's client had last, for what they are told when they have not just written; null: not known.
    /// </summary>
    public string? ClientLanguage { get; private set; }

    /// <summary>Numbers the last search; the buttons of its result carry it.</summary>
    public int SearchId { get; private set; }

    /// <summary>The text of the last search.</summary>
    public string? SearchText { get; private set; }

    /// <summary>True when it differs from the stored row.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The next text will be the answer to this, or to nothing.</summary>
    public void Await(string? answer)
    {
        if (string.Equals(answer, Awaited, StringComparison.Ordinal))
            return;

        Awaited = answer;
        IsChanged = true;
    }

    /// <summary>Chooses a language by its two-letter code.</summary>
    public void Speak(string language)
    {
        Language = language;
        IsChanged = true;
    }

    /// <summary>Keeps the language of the person's client (Bot API: <c>User.language_code</c>); nothing where it says none.</summary>
    public void Hear(string? clientLanguage)
    {
        if (clientLanguage is null or { Length: > MaxLanguageTagLength } || string.Equals(clientLanguage, ClientLanguage, StringComparison.Ordinal))
            return;

        ClientLanguage = clientLanguage;
        IsChanged = true;
    }

    /// <summary>Begins a search; the one before expires.</summary>
    /// <returns>The search's number, at most four digits.</returns>
    public int StartSearch(string text)
    {
        SearchId = (SearchId + 1) % SearchIds;
        SearchText = text;
        IsChanged = true;
        return SearchId;
    }

    /// <summary>Forgets the last search: nothing was found, or it is over.</summary>
    public void EndSearch()
    {
        IsChanged |= SearchText is not null;
        SearchText = null;
    }

    /// <summary>The text of the search of that number; null when it has expired.</summary>
    public string? FindSearch(int id) => id == SearchId ? SearchText : null;

    /// <summary>Forgets everything but the language.</summary>
    public void Forget()
    {
        Await(null);
        EndSearch();
    }

    /// <summary>Marks the session as stored.</summary>
    public void Saved() => IsChanged = false;
}
