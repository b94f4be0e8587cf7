using Microsoft.Extensions.Options;

namespace MarketBot.Application.Accounts;

/// <summary>Shows the caller the commands of their role and the support contact.</summary>
[Allow(Who.Anyone, EvenInactive = true)]
public sealed record ShowHelp : IQuery<Help>;

/// <summary>The role and contact that the help text is made from.</summary>
/// <param name="Home">The caller's first screen.</param>
/// <param name="SupportUsername">The support contact, without the @; empty when none is configured.</param>
public sealed record Help(Home Home, string SupportUsername);

internal sealed class ShowHelpHandler(ICaller caller, IOptions<BotOptions> options) : IRequestHandler<ShowHelp, Result<Help>>
{
    public Task<Result<Help>> Handle(ShowHelp request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Help>>(new Help(Home.Of(caller), options.Value.SupportUsername));
}
