using System.Collections.Concurrent;
using System.Reflection;

namespace MarketBot.Application.Common;

/// <summary>Kinds of callers.</summary>
[Flags]
public enum Who
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>People who are not registered or who have signed out.</summary>
    Stranger = 1,

    /// <summary>A signed-in seller.</summary>
    Seller = 2,

    /// <summary>A signed-in admin.</summary>
    Admin = 4,

    /// <summary>The operator, who runs the command line on the machine itself.</summary>
    Operator = 8,

    /// <summary>Everybody in Telegram.</summary>
    Anyone = Stranger | Seller | Admin,
}

/// <summary>Says who may send a request. A request without it may be sent by nobody.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowAttribute(Who who) : Attribute
{
    /// <summary>The callers that may.</summary>
    public Who Who { get; } = who;

    /// <summary>True when people without a running subscription may send it, too.</summary>
    public bool EvenInactive { get; set; }
}

/// <summary>Refusals of the gate.</summary>
public static class AccessRefusals
{
    /// <summary>The request is not for callers of this kind.</summary>
    public static readonly Refusal Forbidden = new("access.forbidden");

    /// <summary>The person is banned.</summary>
    public static readonly Refusal Banned = new("access.banned");

    /// <summary>Only for people who are signed in.</summary>
    public static readonly Refusal SignInFirst = new("access.sign_in_first");

    /// <summary>Only for people who are signed out.</summary>
    public static readonly Refusal SignOutFirst = new("access.sign_out_first");

    /// <summary>Only with a running subscription.</summary>
    public static readonly Refusal Inactive = new("access.inactive");

    /// <summary>Too many wrong secrets.</summary>
    public static readonly Refusal TooManyAttempts = new("access.too_many_attempts");

    /// <summary>Something else changed the same data at the same moment.</summary>
    public static readonly Refusal Conflict = new("access.conflict");

    /// <summary>The marketplace's database has no room for so large a Telegram id (Django's <c>PositiveIntegerField</c> on PostgreSQL).</summary>
    public static readonly Refusal IdDoesNotFit = new("access.id_does_not_fit");
}

/// <summary>The one gate: every request and every prompt that leads to one passes it.</summary>
public static class AccessGate
{
    private static readonly ConcurrentDictionary<Type, AllowAttribute?> Rules = new();

    /// <summary>Why the caller may not send requests of a type; null when they may.</summary>
    public static Refusal? WhyNot(Type request, ICaller caller)
    {
        var rule = RuleOf(request);
        return caller switch
        {
            { IsOperator: true } => rule?.Who.HasFlag(Who.Operator) == true ? null : AccessRefusals.Forbidden,
            { User.IsBanned: true } => rule is null ? AccessRefusals.Forbidden : AccessRefusals.Banned,
            { IsSignedIn: true, User: { } user } => WhyNot(request, user.Role, user.IsActive),
            _ => WhyNot(request, role: null, isActive: true),
        };
    }

    /// <summary>Why people of a role may not send requests of a type; null when they may.</summary>
    /// <param name="request">The type.</param>
    /// <param name="role">The role; null for people who are not signed in.</param>
    /// <param name="isActive">True while their subscription runs.</param>
    public static Refusal? WhyNot(Type request, Role? role, bool isActive) => (RuleOf(request), role) switch
    {
        (null or { Who: Who.Operator }, _) => AccessRefusals.Forbidden,
        ({ } rule, null) => rule.Who.HasFlag(Who.Stranger) ? null : AccessRefusals.SignInFirst,
        ({ Who: Who.Stranger }, _) => AccessRefusals.SignOutFirst,
        ({ } rule, Role.Seller) when !rule.Who.HasFlag(Who.Seller) => AccessRefusals.Forbidden,
        ({ } rule, Role.Admin) when !rule.Who.HasFlag(Who.Admin) => AccessRefusals.Forbidden,
        ({ EvenInactive: false }, _) when !isActive => AccessRefusals.Inactive,
        _ => null,
    };

    private static AllowAttribute? RuleOf(Type request) => Rules.GetOrAdd(request, static type => type.GetCustomAttribute<AllowAttribute>());
}
