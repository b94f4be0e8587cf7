namespace MarketBot.Application.Administration;

/// <summary>Starts a registered person's subscription, or ends it.</summary>
[Allow(Who.Operator)]
public sealed record ActivateUser(TelegramId Person, bool Activate) : ICommand;

internal sealed class ActivateUserHandler(ITelegramUserRepository users, INotices notices, IAudit audit) : IRequestHandler<ActivateUser, Result>
{
    public async Task<Result> Handle(ActivateUser request, CancellationToken cancellationToken)
    {
        if (await users.Find(request.Person, cancellationToken) is not { } user)
            return AccountRefusals.UserNotFound;

        if (user.IsActive == request.Activate)
            return Result.Done;

        audit.Record(new Change(nameof(ActivateUser), Person: request.Person, Before: Change.OnOff(user.IsActive), After: Change.OnOff(request.Activate)));
        user.SetActive(request.Activate);
        notices.Tell(request.Person, request.Activate ? Notice.Activated : Notice.Deactivated);
        return Result.Done;
    }
}
