namespace MarketBot.Application.Administration;

/// <summary>The registered people, a stretch at a time, in the order of Telegram ids.</summary>
/// <param name="After">The id to begin behind.</param>
/// <param name="Count">The largest number of rows to return.</param>
[Allow(Who.Operator)]
public sealed record ListUsers(TelegramId After, int Count) : IQuery<IReadOnlyList<UserDetails>>;

/// <summary>A registered person as an operator sees them.</summary>
public sealed record UserDetails(
    TelegramId TelegramId, string FirstName, string LastName, string Username, Role Role, DateTime CreatedAt, bool IsBanned, bool IsActive, bool IsLoggedOut);

internal sealed class UserDetailsProfile : Profile
{
    public UserDetailsProfile() => CreateMap<TelegramUser, UserDetails>();
}

internal sealed class ListUsersValidator : AbstractValidator<ListUsers>
{
    public ListUsersValidator() => RuleFor(c => c.Count).IsStretch();
}

internal sealed class ListUsersHandler(ITelegramUserRepository users, IMapper mapper) : IRequestHandler<ListUsers, Result<IReadOnlyList<UserDetails>>>
{
    public async Task<Result<IReadOnlyList<UserDetails>>> Handle(ListUsers request, CancellationToken cancellationToken) =>
        mapper.Map<UserDetails[]>(await users.List(request.After, request.Count, cancellationToken));
}
