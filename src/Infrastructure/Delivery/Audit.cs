using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Persistence;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>The audit in <c>marketbot_audit</c>.</summary>
internal sealed class Audit(ICaller caller, MarketBotContext context, TimeProvider time) : IAudit
{
    private const int MostCharacters = 160;

    public void Record(Change change) => context.Add(new AuditRow
    {
        At = time.GetUtcNow().UtcDateTime,
        Actor = caller.IsOperator ? null : caller.Profile.Id.Value,
        Action = change.Action,
        ShopId = change.Shop?.Value,
        Person = change.Person?.Value,
        Before = change.Before is null ? null : Text.Cut(change.Before, MostCharacters),
        After = change.After is null ? null : Text.Cut(change.After, MostCharacters),
        UpdateId = caller.IsOperator ? null : caller.UpdateId,
    });
}
