using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MediatR;

namespace MarketBot.Application.Administration;

/// <summary>Bans a registered person, or lifts the ban.</summary>
[Allow(Who.Operator)]
public sealed record BanUser(TelegramId Person, bool Ban) : ICommand;

internal sealed class BanUserHandler(ITelegramUserRepository users) : IRequestHandler<BanUser, Result>
{
    public async Task<Result> Handle(BanUser request, CancellationToken cancellationToken)
    {
        if (await users.Find(request.Person, cancellationToken) is not { } user)
            return AccountRefusals.UserNotFound;

        user.SetBanned(request.Ban);
        return Result.Done;
    }
}
