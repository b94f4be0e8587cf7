using CsvHelper;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>A CSV file of shops (RFC 4180), in UTF-8; its first line names the columns.</summary>
internal sealed record ShopFile(IReadOnlyList<(long Line, ShopLine Shop)> Shops, IReadOnlyList<(long Line, string Reason)> Errors)
{
    private static readonly string[] Known = ["name", "api_key", "slug", "client_id", "vendor_name", "is_active", "price_updating"];
    private static readonly string[] Required = ["name", "api_key"];

    /// <summary>Names in another encoding would be stored as question marks.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file.</summary>
    /// <exception cref="OperatorException">It cannot be opened, is not UTF-8, or its first line does not name the columns.</exception>
    public static ShopFile Read(string file)
    {
        try
        {
            return Parse(file, Utf8.GetString(File.ReadAllBytes(file)).TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        }
        catch (DecoderFallbackException)
        {
            throw new OperatorException($"The file {file} is not UTF-8. Save it as UTF-8 and import it again.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorException($"The file {file} cannot be read.", unreadable);
        }
    }

    private static ShopFile Parse(string file, string text)
    {
        var quotesMatch = true;
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            // A quote in the middle of a field, as in 5" screen, is one.
            OnMalformedRecord = malformed => quotesMatch = malformed.Reason == CsvMalformedReason.StrayQuote,
        });
        string[] header = csv.Read() ? [.. Fields(csv).Select(h => h.ToLowerInvariant())] : [];
        if (!quotesMatch)
            throw new OperatorException($"{file}, line 1: the quotes do not match.");
        if (Required.Except(header).ToList() is [_, ..] missing)
            throw new OperatorException($"{file}, line 1: the column {string.Join(", ", missing)} is missing. The columns are {string.Join(", ", Known)}.");
        if (header.Except(Known).ToList() is [_, ..] unknown)
            throw new OperatorException($"{file}, line 1: there is no column {string.Join(", ", unknown)}. The columns are {string.Join(", ", Known)}.");
        if (header.Distinct().Count() < header.Length)
            throw new OperatorException($"{file}, line 1: a column stands there twice: {string.Join(", ", header)}.");

        var shops = new List<(long, ShopLine)>();
        var errors = new List<(long, string)>();
        for (; csv.Read(); quotesMatch = true)
        {
            try
            {
                if (!quotesMatch)
                    errors.Add((csv.LineNumber, "The quotes do not match."));
                else if (csv.FieldCount != header.Length)
                    errors.Add((csv.LineNumber, $"{header.Length} fields are expected, {csv.FieldCount} {(csv.FieldCount == 1 ? "was" : "were")} found."));
                else
                    shops.Add((csv.LineNumber, Shop(header.Zip(Fields(csv)).ToDictionary(f => f.First, f => f.Second))));
            }
            catch (FormatException wrong)
            {
                errors.Add((csv.LineNumber, wrong.Message));
            }
        }

        return new ShopFile(shops, errors);
    }

    private static IEnumerable<string> Fields(CsvReader csv) => Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).Trim());

    private static ShopLine Shop(Dictionary<string, string> fields) => new(
        fields["name"],
        fields["api_key"],
        fields.GetValueOrDefault("slug"),
        fields.GetValueOrDefault("client_id", ""),
        fields.GetValueOrDefault("vendor_name", ""),
        Flag(fields, "is_active"),
        Flag(fields, "price_updating"));

    private static bool Flag(Dictionary<string, string> fields, string column) => fields.GetValueOrDefault(column, "").ToUpperInvariant() switch
    {
        "" or "0" or "FALSE" or "NO" => false,
        "1" or "TRUE" or "YES" => true,
        _ => throw new FormatException($"{column}: 1 or 0 is expected."),
    };
}
