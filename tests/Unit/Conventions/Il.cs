using System.Reflection;
using System.Reflection.Emit;

namespace MarketBot.Tests.Unit.Conventions;

/// <summary>Reads which members and types compiled code uses.</summary>
internal static class Il
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>The members that the bodies of a type's methods name.</summary>
    public static IEnumerable<MemberInfo> MembersUsedBy(Type type) => type.GetMembers(Own).OfType<MethodBase>().SelectMany(MembersUsedBy);

    /// <summary>The types that a type names anywhere: bases, members, signatures, method bodies.</summary>
    public static IEnumerable<Type> TypesUsedBy(Type type)
    {
        IEnumerable<Type?> named =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Own).Select(f => f.FieldType),
            .. type.GetMethods(Own).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)),
            .. type.GetConstructors(Own).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)),
            .. MembersUsedBy(type).SelectMany(
                m => m is MethodInfo { IsGenericMethod: true } generic
                    ? [m.DeclaringType, .. generic.GetGenericArguments()] : new[] { m as Type ?? m.DeclaringType }),
        ];
        return named.OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];

    private static IEnumerable<MemberInfo> MembersUsedBy(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            yield break;

        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[at + 1]))] : Codes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(il, at), ofType, ofMethod)!;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}

/// <summary>The assemblies and source files of the house.</summary>
internal static class House
{
    public static readonly Assembly Domain = typeof(MarketBot.Domain.Common.Refusal).Assembly;
    public static readonly Assembly Application = typeof(MarketBot.Application.ApplicationServices).Assembly;
    public static readonly Assembly Infrastructure = typeof(MarketBot.Infrastructure.InfrastructureServices).Assembly;
    public static readonly Assembly Bot = typeof(MarketBot.Presentation.Bot.Rendering.Reply).Assembly;

    public static readonly Assembly[] All = [Domain, Application, Infrastructure, Bot];

    /// <summary>The types we wrote: a coverage tool adds some of its own.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(t => t.Namespace?.StartsWith("MarketBot", StringComparison.Ordinal) == true);

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string FindRoot(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("No folder above holds MarketBot.sln.")
        : File.Exists(Path.Combine(folder.FullName, "MarketBot.sln")) ? folder.FullName : FindRoot(folder.Parent);
}
