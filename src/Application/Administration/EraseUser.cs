namespace MarketBot.Application.Administration;

/// <summary>Removes a person and everything kept about them, as they may ask for.</summary>
[Allow(Who.Operator)]
public sealed record EraseUser(TelegramId Person) : ICommand;

internal sealed class EraseUserHandler(ITelegramUserRepository users, IAudit audit) : IRequestHandler<EraseUser, Result>
{
    public async Task<Result> Handle(EraseUser request, CancellationToken cancellationToken)
    {
        if (!await users.Erase(request.Person, cancellationToken))
            return AccountRefusals.UserNotFound;

        audit.Record(new Change(nameof(EraseUser), Person: request.Person));
        return Result.Done;
    }
}
