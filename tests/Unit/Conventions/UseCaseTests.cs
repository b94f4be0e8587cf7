using System.Reflection;
using FluentValidation;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MediatR;

namespace MarketBot.Tests.Unit.Conventions;

public class UseCaseTests
{
    private static readonly Type[] Types = [.. House.Application.GetTypes().Where(t => !t.IsNested)];

    private static IEnumerable<Type> Requests => Types.Where(t => t.IsClass && Is(t, typeof(IRequest<>)));

    private static bool Is(Type type, Type contract) =>
        type.GetInterfaces().Any(i => (i.IsGenericType ? i.GetGenericTypeDefinition() : i) == contract);

    private static bool IsMachinery(Type type) =>
        Is(type, typeof(IRequestHandler<,>)) || Is(type, typeof(IPipelineBehavior<,>)) || Is(type, typeof(IValidator))
            || type.IsSubclassOf(typeof(AutoMapper.Profile));

    [Fact]
    public void Every_request_is_a_command_or_a_query() =>
        Assert.All(Requests, r => Assert.True(Is(r, typeof(ICommand)) || Is(r, typeof(ICommand<>)) || Is(r, typeof(IQuery<>)), r.Name));

    [Fact]
    public void Every_request_says_who_may_send_it() =>
        Assert.All(Requests, r => Assert.True(r.GetCustomAttribute<AllowAttribute>() is { Who: not Who.None }, r.Name));

    [Fact]
    public void Every_request_is_a_sealed_record_with_one_handler()
    {
        Assert.All(Requests, r => Assert.True(r.IsSealed && r.GetMethod("<Clone>$") is not null, r.Name));
        Assert.All(
            Requests,
            r => Assert.Single(
                Types, t =>
                    t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
                        && i.GetGenericArguments()[0] == r)));
    }

    [Fact]
    public void Handlers_validators_profiles_and_behaviours_are_internal_and_sealed() =>
        Assert.All(Types.Where(IsMachinery), t => Assert.True(t is { IsPublic: false, IsSealed: true }, t.Name));

    [Fact]
    public void In_the_features_only_requests_answers_and_edges_are_public()
    {
        var publicTypes = Types.Where(
            t => t.IsPublic && t.Namespace!.StartsWith("MarketBot.Application.", StringComparison.Ordinal) && t.Namespace != typeof(ICaller).Namespace);

        Assert.All(publicTypes, t => Assert.True(t.IsInterface || (t.IsAbstract && t.IsSealed) || t.GetMethod("<Clone>$") is not null, t.Name));
    }

    [Fact]
    public void A_use_case_shares_its_name_with_its_handler_and_validator() =>
        Assert.All(
            Types.Where(
                t => Is(t, typeof(IRequestHandler<,>))
                    || (Is(t, typeof(IValidator)) && t.BaseType!.GetGenericArguments() is [var of] && Is(of, typeof(IRequest<>)))),
            t => Assert.Contains(t.Name, Requests.SelectMany(r => new[] { r.Name + "Handler", r.Name + "Validator" })));

    [Fact]
    public void A_handler_never_calls_another_handler() =>
        Assert.All(Types.Where(t => Is(t, typeof(IRequestHandler<,>))), t => Assert.DoesNotContain(typeof(IMediator), Il.TypesUsedBy(t)));

    [Fact]
    public void A_handler_neither_commits_nor_completes() =>
        Assert.All(Types.Where(t => Is(t, typeof(IRequestHandler<,>))), t => Assert.DoesNotContain(typeof(IUnitOfWork), Il.TypesUsedBy(t)));

    [Fact]
    public void Handlers_of_commands_have_the_audit_at_hand_and_those_of_queries_have_not() =>
        Assert.All(
            Types.Where(t => Is(t, typeof(IRequestHandler<,>))),
            t => Assert.Equal(
                Is(t.GetInterfaces().Single(i => i.IsGenericType).GetGenericArguments()[0], typeof(IChangesState)),
                Il.TypesUsedBy(t).Contains(typeof(IAudit))));

    [Fact]
    public void Who_sends_a_request_never_stands_in_it()
    {
        var ofPeople = Requests.Where(r => r.GetCustomAttribute<AllowAttribute>()!.Who != Who.Operator && Is(r, typeof(IChangesState)));

        Assert.All(
            ofPeople, r => Assert.DoesNotContain(r.GetProperties(), p => p.PropertyType == typeof(TelegramId) || p.PropertyType == typeof(TelegramUser)));
    }

    [Fact]
    public void Keys_and_passwords_are_secrets_by_type()
    {
        var named = Requests.SelectMany(r => r.GetProperties()).Where(p => p.Name.Contains("Password", StringComparison.Ordinal) || p.Name is "Key");

        Assert.NotEmpty(named);
        Assert.All(named, p => Assert.Equal(typeof(Secret), p.PropertyType));
    }

    [Fact]
    public void Commands_that_check_a_secret_first_are_those_that_hold_one_and_are_sent_from_Telegram()
    {
        var ofPeople = Requests.Where(r => r.GetCustomAttribute<AllowAttribute>()!.Who != Who.Operator && Is(r, typeof(IChangesState)));

        Assert.All(ofPeople, r => Assert.Equal(r.GetProperties().Any(p => p.PropertyType == typeof(Secret)), Is(r, typeof(IChecksSecretFirst))));
    }
}
