using Microsoft.Extensions.Options;

namespace MarketBot.Application.Subscriptions;

/// <summary>Shows the caller the state of their subscription.</summary>
[Allow(Who.Seller | Who.Admin, EvenInactive = true)]
public sealed record ShowSubscription : IQuery<SubscriptionState>;

/// <summary>The state of a subscription.</summary>
/// <param name="IsActive">True while it runs.</param>
/// <param name="SupportUsername">The contact for payments, without the @; empty when none is configured.</param>
public sealed record SubscriptionState(bool IsActive, string SupportUsername);

internal sealed class ShowSubscriptionHandler(ICaller caller, IOptions<BotOptions> options) : IRequestHandler<ShowSubscription, Result<SubscriptionState>>
{
    public Task<Result<SubscriptionState>> Handle(ShowSubscription request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<SubscriptionState>>(new SubscriptionState(caller.SignedIn.IsActive, options.Value.SupportUsername));
}
