namespace MarketBot.Application.Accounts;

/// <summary>Chooses the language the bot speaks with the caller.</summary>
/// <param name="Language">Two-letter code of a language the bot speaks.</param>
[Allow(Who.Anyone, EvenInactive = true)]
public sealed record SetLanguage(string Language) : ICommand<Home>;

/// <summary>The languages the bot speaks.</summary>
public static class Languages
{
    /// <summary>The language is not one of ours.</summary>
    public static readonly Refusal Unknown = new("language.unknown");

    /// <summary>Two-letter codes, the default first.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["ru", "en"];
}

internal sealed class SetLanguageValidator : AbstractValidator<SetLanguage>
{
    public SetLanguageValidator() => RuleFor(c => c.Language).Holds(Languages.Codes.Contains, Languages.Unknown);
}

internal sealed class SetLanguageHandler(ICaller caller, IAudit audit) : IRequestHandler<SetLanguage, Result<Home>>
{
    public Task<Result<Home>> Handle(SetLanguage request, CancellationToken cancellationToken)
    {
        audit.Record(new Change(nameof(SetLanguage), Person: caller.Profile.Id, Before: caller.Session.Language, After: request.Language));
        caller.Session.Speak(request.Language);
        return Task.FromResult<Result<Home>>(Home.Of(caller));
    }
}
