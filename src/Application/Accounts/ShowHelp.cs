using Microsoft.Extensions.Options;

namespace MarketBot.Application.Accounts;

/// <summary>What the bot can do for the caller, and whom to ask for help.</summary>
[Allow(Who.Anyone, EvenInactive = true)]
public sealed record ShowHelp : IQuery<Help>;

/// <summary>What help depends on.</summary>
/// <param name="Home">The caller's first screen.</param>
/// <param name="SupportUsername">Whom to write to, without the @; empty when nobody is named.</param>
public sealed record Help(Home Home, string SupportUsername);

internal sealed class ShowHelpHandler(ICaller caller, IOptions<BotOptions> options) : IRequestHandler<ShowHelp, Result<Help>>
{
    public Task<Result<Help>> Handle(ShowHelp request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Help>>(new Help(Home.Of(caller), options.Value.SupportUsername));
}
