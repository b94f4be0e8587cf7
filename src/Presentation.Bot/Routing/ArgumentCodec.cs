using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Reflection;

namespace MarketBot.Presentation.Bot.Routing;

/// <summary>
/// Writes records as <c>route:argument:argument</c> and reads them back: callback data (Bot API: 1 to 64 bytes) and awaited answers. What cannot be read is
/// nobody's, never an exception, since both come from outside.
/// </summary>
internal sealed class ArgumentCodec
{
    /// <summary>The most that callback data may have (Bot API: <c>InlineKeyboardButton.callback_data</c>), in bytes.</summary>
    public const int MostBytes = 64;

    private const char Separator = ':';
    private const int LargestInt = 999_999_999;

    private static readonly Dictionary<Type, ArgumentKind> Kinds = new()
    {
        [typeof(bool)] = new(1, value => (bool)value ? "1" : "0", text => text switch { "1" => true, "0" => false, _ => null }),
        [typeof(int)] = new(
            9, value => Math.Min((int)value, LargestInt).ToString(CultureInfo.InvariantCulture),
            text => Number(text) is { } n and <= LargestInt ? (int)n : null),
        [typeof(short)] =
            new(5, value => ((short)value).ToString(CultureInfo.InvariantCulture), text => Number(text) is { } n and <= short.MaxValue ? (short)n : null),
        [typeof(ShopId)] = new(19, value => value.ToString()!, text => Number(text) is { } n ? new ShopId(n) : null),
        [typeof(Language)] = new(2, value => ((Language)value).Code(), text => LanguageChoice.Parse(text)),
        [typeof(string)] = new(int.MaxValue, value => Uri.EscapeDataString((string)value), text => WellFormed(Uri.UnescapeDataString(text))),
    };

    private readonly FrozenDictionary<Type, RecordShape> _byType;
    private readonly FrozenDictionary<string, RecordShape> _byRoute;

    /// <summary>A codec for the records of the given routes.</summary>
    public ArgumentCodec(IEnumerable<(string Route, Type Record)> routes)
    {
        RecordShape[] shapes = [.. routes.Select(r => new RecordShape(r.Route, r.Record))];
        _byType = shapes.ToFrozenDictionary(s => s.Record);
        _byRoute = shapes.ToFrozenDictionary(s => s.Route, StringComparer.Ordinal);
    }

    /// <summary>Writes a record of one of the routes.</summary>
    public string Write(object record) => _byType[record.GetType()].Write(record);

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public object? Read(string? data)
    {
        if (data is null)
            return null;

        var parts = data.Split(Separator);
        return _byRoute.TryGetValue(parts[0], out var shape) ? shape.Read(parts.AsSpan(1)) : null;
    }

    /// <summary>The most bytes a record of the route can need; <see cref="int.MaxValue"/> when it has no bound.</summary>
    public static int LongestOf(string route, Type record) => new RecordShape(route, record).Longest;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Half a surrogate pair cannot be written as UTF-8, so it is read as it would be written: as U+FFFD.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private sealed record ArgumentKind(int Longest, Func<object, string> Write, Func<string, object?> Read);

    private sealed class RecordShape
    {
        private readonly (PropertyInfo Property, ArgumentKind Kind, bool IsOptional)[] _arguments;
        private readonly Func<object?[], object> _make;
        private readonly Func<object, object?>[] _get;

        public RecordShape(string route, Type record)
        {
            Route = route;
            Record = record;
            var constructor = record.GetConstructors(BindingFlags.Public | BindingFlags.Instance | BindingFlags.NonPublic)
                .Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != record).OrderByDescending(c => c.GetParameters().Length).First();
            _arguments = [
                .. constructor.GetParameters()
                .Select(p => (record.GetProperty(p.Name!)!, KindOf(record, p.ParameterType), Nullable.GetUnderlyingType(p.ParameterType) is not null))];

            var values = Expression.Parameter(typeof(object?[]));
            _make = Expression.Lambda<Func<object?[], object>>(
                Expression.New(
                    constructor,
                    constructor.GetParameters().Select((p, i) => Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), p.ParameterType))),
                values).Compile();
            var instance = Expression.Parameter(typeof(object));
            _get = [.. _arguments.Select(a => Expression.Lambda<Func<object, object?>>(
                Expression.Convert(Expression.Property(Expression.Convert(instance, record), a.Property), typeof(object)), instance).Compile())];
        }

        public string Route { get; }

        public Type Record { get; }

        public int Longest => _arguments.Any(a => a.Kind.Longest == int.MaxValue) ? int.MaxValue : Route.Length + _arguments.Sum(a => a.Kind.Longest + 1);

        public string Write(object record)
        {
            if (_arguments.Length == 0)
                return Route;

            var parts = new string[_arguments.Length + 1];
            parts[0] = Route;
            for (var i = 0; i < _arguments.Length; i++)
                parts[i + 1] = _get[i](record) is { } value ? _arguments[i].Kind.Write(value) : "";
            return string.Join(Separator, parts);
        }

        public object? Read(ReadOnlySpan<string> parts)
        {
            if (parts.Length != _arguments.Length)
                return null;

            var values = new object?[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i].Length == 0 && _arguments[i].IsOptional)
                    continue;
                if ((values[i] = _arguments[i].Kind.Read(parts[i])) is null)
                    return null;
            }

            return _make(values);
        }

        private static ArgumentKind KindOf(Type record, Type argument)
        {
            var type = Nullable.GetUnderlyingType(argument) ?? argument;
            if (Kinds.TryGetValue(type, out var kind))
                return kind;
            if (type.IsEnum)
                return new ArgumentKind(
                    1, value => ((int)value).ToString(CultureInfo.InvariantCulture),
                    text => Number(text) is { } n && n < Enum.GetValues(type).Length ? Enum.ToObject(type, (int)n) : null);

            throw new InvalidOperationException($"{record.Name} cannot be written into a button: {argument.Name} is no argument type.");
        }
    }
}
