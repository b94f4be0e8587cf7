using System.Globalization;
using System.Net;
using System.Text;

namespace MarketBot.Bench;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">One for each of the chart's places on the x axis.</param>
/// <param name="Color">Of the palette; the same number is the same colour in all charts of an image.</param>
/// <param name="IsDashed">Whether the line is dashed.</param>
internal sealed record Series(string Name, IReadOnlyList<double> Values, int Color, bool IsDashed = false);

/// <summary>A place on the x axis that has a label.</summary>
/// <param name="Label">What stands under it.</param>
/// <param name="At">Where it is, from 0 at the left to 1 at the right.</param>
internal sealed record Place(string Label, double At);

/// <summary>A chart of lines; the y axis begins at 0.</summary>
internal sealed record LineChart(string Title, string XLabel, string YLabel, IReadOnlyList<Place> Places, IReadOnlyList<Series> Series)
{
    private const int Width = 460;
    private const int Height = 320;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 40;
    private const int Bottom = 52;
    private const int Margin = 32;
    private const int LegendRow = 20;

    /// <summary>Colours that can be told apart, and read on white and on black.</summary>
    private static readonly string[] Colors = ["#2f81f7", "#d9730d", "#a371f7", "#2da44e", "#8b949e"];

    /// <summary>An image of some charts side by side, with one legend for all.</summary>
    public static string Svg(IReadOnlyList<LineChart> charts)
    {
        Series[] legend = [.. charts.SelectMany(c => c.Series).DistinctBy(s => s.Name)];
        var (width, height) = (charts.Count * Width, Height + (legend.Length * LegendRow) + 8);
        var svg = new StringBuilder();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<title>{Escape(string.Join("; ", charts.Select(c => c.Title)))}</title>");
        svg.AppendLine(
            """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #57606a; }
              .title { font-size: 14px; font-weight: 600; }
              .axis { stroke: #8b949e; fill: none; }
              .grid { stroke: #8b949e; stroke-opacity: 0.25; fill: none; }
              .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
              @media (prefers-color-scheme: dark) { text { fill: #b1bac4; } }
            </style>
            """);
        for (var i = 0; i < charts.Count; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<g transform="translate({i * Width} 0)">""");
            charts[i].Draw(svg);
            svg.AppendLine("</g>");
        }

        for (var i = 0; i < legend.Length; i++)
        {
            var y = Height + (i * LegendRow) + 8;
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<path class="line" {Stroke(legend[i])} d="M{Left} {y}h32"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + 40}" y="{y + 4}">{Escape(legend[i].Name)}</text>""");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private void Draw(StringBuilder svg)
    {
        var most = Series.SelectMany(s => s.Values).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var step = NiceStep(most);
        var top = step * Math.Ceiling(most / step);
        double X(int place) => Left + Margin + (Places[place].At * (Width - Left - Right - (2 * Margin)));
        double Y(double value) => Height - Bottom - (value / top * (Height - Top - Bottom));

        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="title" x="{Left}" y="20">{Escape(Title)}</text>""");
        for (var value = 0.0; value <= top + (step / 2); value += step)
        {
            var kind = value == 0 ? "axis" : "grid";
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<path class="{kind}" d="M{Left} {Y(value):F1}H{Width - Right}"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 6}" y="{Y(value) + 4:F1}" text-anchor="end">{Number(value)}</text>""");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"""<path class="axis" d="M{Left} {Top}V{Height - Bottom}"/>""");
        for (var i = 0; i < Places.Count; i++)
        {
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{X(i):F1}" y="{Height - Bottom + 18}" text-anchor="middle">{Escape(Places[i].Label)}</text>""");
        }

        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 12}" text-anchor="middle">{Escape(XLabel)}</text>""");
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text transform="translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{Escape(YLabel)}</text>""");

        foreach (var series in Series)
        {
            (double X, double Y)[] points = [.. series.Values.Index().Where(v => double.IsFinite(v.Item)).Select(v => (X(v.Index), Y(v.Item)))];
            var path = string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F1} {p.Y:F1}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<path class="line" {Stroke(series)} d="M{path}"/>""");
            foreach (var (x, y) in points)
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{x:F1}" cy="{y:F1}" r="3" fill="{Colors[series.Color]}"/>""");
        }
    }

    private static string Stroke(Series series) => $"stroke=\"{Colors[series.Color]}\"{(series.IsDashed ? " stroke-dasharray=\"6 4\"" : "")}";

    /// <summary>1, 2 or 5 times a power of ten, so that about five lines fit.</summary>
    private static double NiceStep(double most)
    {
        var rough = Math.Max(most, 1e-9) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
