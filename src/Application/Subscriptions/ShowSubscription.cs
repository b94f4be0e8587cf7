using Microsoft.Extensions.Options;

namespace MarketBot.Application.Subscriptions;

/// <summary>Whether the caller's subscription runs.</summary>
[Allow(Who.Seller | Who.Admin, EvenInactive = true)]
public sealed record ShowSubscription : IQuery<SubscriptionState>;

/// <summary>The state of a subscription.</summary>
/// <param name="IsActive">Whether it runs.</param>
/// <param name="SupportUsername">Whom to ask about paying, without the @; empty when nobody is named.</param>
public sealed record SubscriptionState(bool IsActive, string SupportUsername);

internal sealed class ShowSubscriptionHandler(ICaller caller, IOptions<BotOptions> options) : IRequestHandler<ShowSubscription, Result<SubscriptionState>>
{
    public Task<Result<SubscriptionState>> Handle(ShowSubscription request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<SubscriptionState>>(new SubscriptionState(caller.SignedIn.IsActive, options.Value.SupportUsername));
}
