namespace MarketBot.Application.Administration;

/// <summary>Bans a registered person, or lifts the ban.</summary>
[Allow(Who.Operator)]
public sealed record BanUser(TelegramId Person, bool Ban) : ICommand;

internal sealed class BanUserHandler(ITelegramUserRepository users, INotices notices, IKnownBans bans, IAudit audit) : IRequestHandler<BanUser, Result>
{
    public async Task<Result> Handle(BanUser request, CancellationToken cancellationToken)
    {
        if (await users.Find(request.Person, cancellationToken) is not { } user)
            return AccountRefusals.UserNotFound;

        if (user.IsBanned == request.Ban)
            return Result.Done;

        audit.Record(new Change(nameof(BanUser), Person: request.Person, Before: Change.OnOff(user.IsBanned), After: Change.OnOff(request.Ban)));
        user.SetBanned(request.Ban);
        notices.Tell(request.Person, request.Ban ? Notice.Banned : Notice.Unbanned);
        await bans.Know(request.Person, request.Ban, cancellationToken);
        return Result.Done;
    }
}
