namespace MarketBot.Playground;

/// <summary>The result of a step so far.</summary>
internal sealed class StepTrace(Chat chat, long shownBefore)
{
    public Message? Message { get; init; }

    public CallbackPress? Press { get; init; }

    public Payment? Payment { get; init; }

    /// <summary>Compares the chat with the expectations.</summary>
    public bool Shows(ScenarioExpectation expected)
    {
        var shown = Shown();
        return (expected.Text is null || shown?.Text == expected.Text)
            && (expected.Contains is null || (shown is not null && expected.Contains.All(piece => shown.Text.Contains(piece, StringComparison.Ordinal))))
            && (expected.Buttons is null || (shown is not null && Labels(shown).SequenceEqual(expected.Buttons, RowComparer.Instance)))
            && (expected.Toast is null || Answer?.Text == expected.Toast)
            && (expected.Alert is null || Answer?.ShowAlert == expected.Alert)
            && (expected.Deleted is null || Message?.IsDeleted == expected.Deleted)
            && (expected.Invoice is null || shown?.Invoice?.Title == expected.Invoice)
            && (expected.Outcome is null || Outcome == expected.Outcome);
    }

    /// <summary>The present state, as an expectation; null when the step had no result.</summary>
    public ScenarioExpectation? ToExpectation()
    {
        var shown = Shown();
        var expectation = new ScenarioExpectation
        {
            Text = shown?.Kind == MessageKind.Text ? shown.Text : null,
            Buttons = shown is { Kind: MessageKind.Text, Keyboard.Count: > 0 } ? [.. Labels(shown)] : null,
            Toast = Answer?.Text is { Length: > 0 } toast ? toast : null,
            Alert = Answer is { Text.Length: > 0, ShowAlert: true } ? true : null,
            Deleted = Message?.IsDeleted is true ? true : null,
            Invoice = shown?.Invoice?.Title,
            Outcome = Outcome,
        };
        return expectation == new ScenarioExpectation() ? null : expectation;
    }

    private CallbackAnswer? Answer => Press is { Answered: { IsCompletedSuccessfully: true } answered } ? answered.Result : null;

    private string? Outcome => Payment is not { Completed: { IsCompletedSuccessfully: true } completed } ? null : completed.Result switch
    {
        PaymentOutcome.Paid => "paid",
        PaymentOutcome.Refused => "refused",
        _ => "timedOut",
    };

    private Message? Shown() => chat.ShownCount > shownBefore ? chat.Shown : null;

    private static IEnumerable<IReadOnlyList<string>> Labels(Message message) =>
        message.Keyboard.Select(row => (IReadOnlyList<string>)[.. row.Select(b => b.Text)]);

    private sealed class RowComparer : IEqualityComparer<IReadOnlyList<string>>
    {
        public static readonly RowComparer Instance = new();

        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x is not null && y is not null && x.SequenceEqual(y);

        public int GetHashCode(IReadOnlyList<string> obj) => obj.Count;
    }
}
