namespace MarketBot.Presentation.Bot.Routing;

/// <summary>The screen that the router falls back on where no route answers. One feature provides it; a scan finds it.</summary>
internal interface IHomeScreen
{
    /// <summary>The button that leads to the menu.</summary>
    IButton Menu { get; }

    /// <summary>The button that ends a prompt.</summary>
    IButton Cancel { get; }

    /// <summary>Shows the home screen of the person, below a notice when there is one.</summary>
    Task<Reply> Open(Turn turn, Html? notice, CancellationToken ct);
}

/// <summary>Recognises a kind of secret that may arrive without having been asked for. A scan finds every implementation.</summary>
internal interface ISecretShape
{
    /// <summary>Says whether a word has the shape of such a secret. Where the person may not even be told, the word is taken to be one.</summary>
    Task<bool> Fits(string word, CancellationToken ct);
}
