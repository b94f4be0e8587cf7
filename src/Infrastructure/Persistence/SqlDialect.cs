using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>How a database's types and statements are written.</summary>
internal abstract partial class SqlDialect
{
    private const string Django = "correct the field in the Django model, then: python manage.py makemigrations && python manage.py migrate";

    /// <summary>Whether a column of this type holds what MarketBot expects.</summary>
    public abstract bool Holds(string type, ColumnKind kind);

    /// <summary>Whether numbers of this type end at 2,147,483,647.</summary>
    public virtual bool IsNarrow(string type) => false;

    /// <summary>The most characters that a column of this type takes; null without a limit.</summary>
    public virtual int? LengthOf(string type) => null;

    /// <summary>The statement that gives a column another type.</summary>
    public virtual string ChangeType(string table, string column, ColumnKind kind, int length) => $"SQLite cannot change the type of a column; {Django}.";

    /// <summary>The statement that lets a row be inserted without the column.</summary>
    public virtual string FillItself(string table, string column, string type) =>
        $"SQLite cannot give a column a default afterwards; allow null=True, or give db_default: {Django}.";

    /// <summary>The statement that makes an index beside a running bot.</summary>
    public virtual string CreateIndex(string name, string table, string column) => $"CREATE INDEX \"{name}\" ON \"{table}\" (\"{column}\");";

    /// <summary>The statement that keeps rows apart.</summary>
    public static string CreateUnique(string name, string table, IEnumerable<string> columns) => $"CREATE UNIQUE INDEX \"{name}\" ON \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))});";

    /// <summary>The statement that lets no row lead nowhere.</summary>
    public virtual string AddReference(ExpectedReference reference) => $"SQLite cannot add a foreign key to a table afterwards; {Django}.";

    /// <summary>The statements that end NULL in a column.</summary>
    public virtual string EndNull(string table, ExpectedColumn column) => $"UPDATE \"{table}\" SET \"{column.Name}\" = {Nothing(column.Kind)} WHERE \"{column.Name}\" IS NULL;";

    /// <summary>The statement that adds a column.</summary>
    public string AddColumn(string table, ExpectedColumn column) =>
        $"ALTER TABLE \"{table}\" ADD COLUMN \"{column.Name}\" {TypeOf(column.Kind, column.Length)} {(column.MayBeNull ? "NULL" : $"NOT NULL DEFAULT {Nothing(column.Kind)}")};";

    /// <summary>The type that Django gives such a column.</summary>
    protected abstract string TypeOf(ColumnKind kind, int length);

    /// <summary>The value that says nothing.</summary>
    protected static string Nothing(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "''",
        ColumnKind.Flag => "false",
        ColumnKind.Instant => "'2000-01-01 00:00:00'",
        _ => "0",
    };
}

/// <summary>SQLite's, where a type is only a name (sqlite.org/datatype3.html).</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override bool Holds(string type, ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => Has(type, "int"),
        ColumnKind.Text => Has(type, "char") || Has(type, "text") || Has(type, "clob"),
        ColumnKind.Flag => Has(type, "bool"),
        _ => Has(type, "datetime") || Has(type, "timestamp"),
    };

    protected override string TypeOf(ColumnKind kind, int length) => kind switch
    {
        ColumnKind.Whole => "bigint",
        ColumnKind.Text => $"varchar({length.ToString(CultureInfo.InvariantCulture)})",
        ColumnKind.Flag => "bool",
        _ => "datetime",
    };

    private static bool Has(string type, string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
}

/// <summary>PostgreSQL's, as <c>format_type</c> names the types.</summary>
internal sealed partial class PostgresDialect : SqlDialect
{
    public override bool Holds(string type, ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => type is "bigint" or "integer",
        ColumnKind.Text => type == "text" || type.StartsWith("character varying", StringComparison.Ordinal),
        ColumnKind.Flag => type == "boolean",
        _ => type == "timestamp with time zone",
    };

    public override bool IsNarrow(string type) => type == "integer";

    public override int? LengthOf(string type) => Varying().Match(type) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    public override string ChangeType(string table, string column, ColumnKind kind, int length) =>
        $"ALTER TABLE \"{table}\" ALTER COLUMN \"{column}\" TYPE {TypeOf(kind, length)} USING \"{column}\"::{TypeOf(kind, length)};";

    public override string FillItself(string table, string column, string type) => column == "id"
        ? $"ALTER TABLE \"{table}\" ALTER COLUMN \"id\" ADD GENERATED BY DEFAULT AS IDENTITY; SELECT setval(s.oid::regclass, (SELECT COALESCE(MAX(\"id\"), 0) + 1 FROM \"{table}\"), false) FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' WHERE d.refobjid = '\"{table}\"'::regclass;"
        : Default(type) is { } value
            ? $"ALTER TABLE \"{table}\" ALTER COLUMN \"{column}\" SET DEFAULT {value};"
            : $"ALTER TABLE \"{table}\" ALTER COLUMN \"{column}\" DROP NOT NULL;";

    public override string CreateIndex(string name, string table, string column) => $"CREATE INDEX CONCURRENTLY \"{name}\" ON \"{table}\" (\"{column}\");";

    /// <summary>Like Django's: it counts at the transaction's end.</summary>
    public override string AddReference(ExpectedReference reference) =>
        $"ALTER TABLE \"{reference.Table}\" ADD CONSTRAINT \"{reference.Table}_{reference.Column}_fk\" FOREIGN KEY (\"{reference.Column}\") REFERENCES \"{reference.To}\" (\"{reference.Key}\") DEFERRABLE INITIALLY DEFERRED;";

    public override string EndNull(string table, ExpectedColumn column) =>
        $"{base.EndNull(table, column)} ALTER TABLE \"{table}\" ALTER COLUMN \"{column.Name}\" SET NOT NULL;";

    protected override string TypeOf(ColumnKind kind, int length) => kind switch
    {
        ColumnKind.Whole => "bigint",
        ColumnKind.Text => $"varchar({length.ToString(CultureInfo.InvariantCulture)})",
        ColumnKind.Flag => "boolean",
        _ => "timestamp with time zone",
    };

    /// <summary>The value that says nothing; null for a type of which none is known.</summary>
    private string? Default(string type) => type switch
    {
        _ when Enum.GetValues<ColumnKind>().Where(kind => Holds(type, kind)).Select(Nothing).FirstOrDefault() is { } known => known,
        "smallint" or "real" or "double precision" => "0",
        "json" or "jsonb" => "'{}'",
        "uuid" => "gen_random_uuid()",
        "date" => "'2000-01-01'",
        _ when type.StartsWith("numeric", StringComparison.Ordinal) => "0",
        _ when type.StartsWith("character(", StringComparison.Ordinal) => "''",
        _ => null,
    };

    [GeneratedRegex(@"^character varying\((\d+)\)$")]
    private static partial Regex Varying();
}
