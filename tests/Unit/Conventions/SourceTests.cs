using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace MarketBot.Tests.Unit.Conventions;

public class SourceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Documented => ["MarketBot.Domain", "MarketBot.Application"];

    [Fact]
    public void Time_comes_from_the_clock_that_was_handed_in()
    {
        var breaches = from assembly in House.All
                       from type in House.TypesOf(assembly)
                       from member in Il.MembersUsedBy(type)
                       where IsClockOfItsOwn(member)
                       select $"{type} uses {member.DeclaringType!.Name}.{member.Name}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void No_folder_is_named_after_a_kind_of_class()
    {
        string[] kinds = ["Commands", "Queries", "Handlers", "Dtos", "Services", "Helpers", "Utils", "Managers"];

        var folders = Directory.EnumerateDirectories(Path.Combine(House.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/") && !f.Contains("/obj/"));

        Assert.DoesNotContain(folders, f => kinds.Contains(Path.GetFileName(f), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The sender of the outbox spreads its tries over time, which is no secret.</summary>
    [Fact]
    public void Random_secrets_come_from_the_operating_system()
    {
        var breaches = from assembly in new[] { House.Domain, House.Application, House.Infrastructure }
                       from type in House.TypesOf(assembly)
                       where type.Name != "OutboxSender" && Il.TypesUsedBy(type).Contains(typeof(Random))
                       select type.FullName;

        Assert.Empty(breaches);
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void Everything_public_says_what_it_is(string assembly)
    {
        var documented = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml")).Descendants("member")
            .Select(m => m.Attribute("name")!.Value.Split('(')[0]).ToHashSet();

        var silent = Assembly.Load(assembly).GetExportedTypes().SelectMany(type => Names(type)).Where(name => !documented.Contains(name));

        Assert.Empty(silent);
    }

    private static bool IsClockOfItsOwn(MemberInfo member) => (member.DeclaringType?.Name, member.Name) switch
    {
        ("DateTime" or "DateTimeOffset", "get_Now" or "get_UtcNow" or "get_Today") => true,
        ("Thread", "Sleep") => true,
        ("Task", "Delay") => !((MethodBase)member).GetParameters().Any(p => p.ParameterType == typeof(TimeProvider)),
        _ => false,
    };

    private static IEnumerable<string> Names(Type type)
    {
        var name = type.FullName!.Replace('+', '.');
        yield return $"T:{name}";

        var positional = type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet();
        foreach (var member in type.GetMembers(Declared).Where(m => m.GetCustomAttribute<CompilerGeneratedAttribute>() is null))
        {
            switch (member)
            {
                case PropertyInfo property when !(IsRecord(type) && positional.Contains(property.Name)) && property.Name != "EqualityContract":
                    yield return $"P:{name}.{property.Name}";
                    break;
                case FieldInfo { IsSpecialName: false }:
                    yield return $"F:{name}.{member.Name}";
                    break;
                case MethodInfo method when IsWritten(method, type):
                    yield return $"M:{name}.{method.Name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}";
                    break;
            }
        }
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    private static bool IsWritten(MethodInfo method, Type type) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.IsVirtualOverrideOf(type);
}

internal static class MethodKinds
{
    /// <summary>Overrides inherit their documentation.</summary>
    public static bool IsVirtualOverrideOf(this MethodInfo method, Type type) => method.IsVirtual && method.GetBaseDefinition().DeclaringType != type;
}
