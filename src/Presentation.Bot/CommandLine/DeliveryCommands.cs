using System.Text.Json.Nodes;
using MarketBot.Application.Administration;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>The commands around inbox and outbox.</summary>
internal static class DeliveryCommands
{
    /// <summary>Fields of an update that may hold what a person typed (Bot API: <c>Message</c>).</summary>
    private static readonly string[] Hidden = ["text", "caption"];

    public static Task<int> ListInbox(Settings settings, Output output, CancellationToken ct) =>
        AdministrationCommands.AsOperator(settings, async operations => output.Rows(
        await AdministrationCommands.All<InboxEntry>(last => operations.Send(new ListInbox(last?.Id ?? 0, AdministrationCommands.Stretch), ct)),
        ("ID", e => e.Id),
        ("UPDATE", e => e.UpdateId),
        ("LANE", e => e.Lane),
        ("DEAD", e => e.IsDead),
        ("RECEIVED", e => e.ReceivedAt),
        ("TRIES", e => e.Tries),
        ("REASON", e => e.Reason)), ct);

    public static Task<int> ShowUpdate(Settings settings, long id, Output output, CancellationToken ct) =>
        AdministrationCommands.AsOperator(settings, async operations =>
    {
        var found = await operations.Send(new ShowUpdate(id), ct);
        var content = found.Payload is null ? null : JsonNode.Parse(found.Payload);
        Hide(content);
        output.Value(new { found.Entry, Content = content });
    }, ct);

    public static Task<int> Replay(Settings settings, long id, Output output, TextWriter errors, CancellationToken ct) =>
        AdministrationCommands.AsOperator(settings, async operations =>
    {
        var newer = await operations.Send(new ReplayUpdate(id), ct);
        if (newer > 0)
            await errors.WriteLineAsync(newer == 1
                ? "Warning: a newer update of the same person was handled since; this one now comes after it."
                : $"Warning: {newer} newer updates of the same person were handled since; this one now comes after them.");
        output.Done("It will be handled again.");
    }, ct);

    public static Task<int> DropUpdate(Settings settings, long id, Output output, CancellationToken ct) =>
        AdministrationCommands.Do(settings, new DropUpdate(id), output, "Dropped.", ct);

    public static Task<int> ListOutbox(Settings settings, Output output, CancellationToken ct) =>
        AdministrationCommands.AsOperator(settings, async operations => output.Rows(
        await AdministrationCommands.All<OutboxEntry>(last => operations.Send(new ListOutbox(last?.Id ?? 0, AdministrationCommands.Stretch), ct)),
        ("ID", e => e.Id),
        ("CHAT", e => e.Chat),
        ("WHAT", e => e.What),
        ("SINCE", e => e.CreatedAt),
        ("NEXT TRY", e => e.DueAt),
        ("TRIES", e => e.Tries),
        ("GIVEN UP", e => e.Reason)), ct);

    public static Task<int> Retry(Settings settings, long id, Output output, CancellationToken ct) =>
        AdministrationCommands.Do(settings, new RetryMessage(id), output, "It is due now.", ct);

    public static Task<int> DropMessage(Settings settings, long id, Output output, CancellationToken ct) =>
        AdministrationCommands.Do(settings, new DropMessage(id), output, "Dropped.", ct);

    private static void Hide(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Hide(item);
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                if (Hidden.Contains(name))
                    fields[name] = "***";
                else
                    Hide(value);
            }
        }
    }
}
