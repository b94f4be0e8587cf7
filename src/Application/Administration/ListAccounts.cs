namespace MarketBot.Application.Administration;

/// <summary>The marketplace accounts, a stretch at a time, in the order of keys.</summary>
/// <param name="After">The key to begin behind.</param>
/// <param name="Count">The largest number of rows to return.</param>
[Allow(Who.Operator)]
public sealed record ListAccounts(int After, int Count) : IQuery<IReadOnlyList<AccountDetails>>;

/// <summary>A marketplace account as an operator sees it.</summary>
public sealed record AccountDetails(int Id, string Username, bool IsActive, DateTime DateJoined, IReadOnlyList<string> Groups);

internal sealed class AccountDetailsProfile : Profile
{
    public AccountDetailsProfile() =>
        CreateMap<MarketplaceAccount, AccountDetails>().ForCtorParam(nameof(AccountDetails.Groups), o => o.MapFrom(a => a.Groups.Select(g => g.Name)));
}

internal sealed class ListAccountsValidator : AbstractValidator<ListAccounts>
{
    public ListAccountsValidator() => RuleFor(c => c.Count).IsStretch();
}

internal sealed class ListAccountsHandler(IMarketplaceAccountRepository accounts, IMapper mapper)
    : IRequestHandler<ListAccounts, Result<IReadOnlyList<AccountDetails>>>
{
    public async Task<Result<IReadOnlyList<AccountDetails>>> Handle(ListAccounts request, CancellationToken cancellationToken) =>
        mapper.Map<AccountDetails[]>(await accounts.List(request.After, request.Count, cancellationToken));
}
