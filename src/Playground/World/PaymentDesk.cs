namespace MarketBot.Playground;

/// <summary>An invoice of the bot (Bot API: sendInvoice, createInvoiceLink).</summary>
public sealed record Invoice(string Title, string Description, string Payload, string Currency, long TotalAmount)
{
    /// <summary>The deep-link parameter; empty when a forwarded copy may be paid by anybody.</summary>
    public string StartParameter { get; init; } = "";

    /// <summary>Seconds until a subscription renews; null for a single payment.</summary>
    public int? SubscriptionPeriod { get; init; }
}

/// <summary>The outcome of a payment.</summary>
public enum PaymentOutcome
{
    /// <summary>Paid; the bot was told.</summary>
    Paid,

    /// <summary>The bot refused at the pre-checkout.</summary>
    Refused,

    /// <summary>The bot did not answer the pre-checkout within 10 seconds.</summary>
    TimedOut,
}

/// <summary>A payment on its way.</summary>
public sealed class Payment
{
    private readonly TaskCompletionSource<PaymentOutcome> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Payment(string queryId, Person by, Invoice invoice, Message? message)
    {
        (QueryId, By, Invoice, Message) = (queryId, by, invoice, message);
    }

    /// <summary>The id of the pre-checkout query.</summary>
    public string QueryId { get; }

    /// <summary>The person who pays.</summary>
    public Person By { get; }

    /// <summary>The invoice.</summary>
    public Invoice Invoice { get; }

    /// <summary>The bot's reason for a refusal.</summary>
    public string ErrorMessage { get; internal set; } = "";

    /// <summary>The id for refunds, once paid.</summary>
    public string? ChargeId { get; internal set; }

    /// <summary>Completes with the outcome.</summary>
    public Task<PaymentOutcome> Completed => _completed.Task;

    internal Message? Message { get; }

    internal ITimer? Deadline { get; set; }

    internal bool IsRefunded { get; set; }

    internal void Complete(PaymentOutcome outcome)
    {
        Deadline?.Dispose();
        _completed.TrySetResult(outcome);
    }
}

internal sealed record PaymentReceipt(Payment Payment, string ProviderChargeId);

/// <summary>Pre-checkouts, charges and refunds (Bot API: section "Payments").</summary>
internal sealed class PaymentDesk(TelegramWorld world)
{
    private const int MaxRemembered = 100_000;
    private const int MaxEnded = 50;

    private readonly Dictionary<string, Payment> _open = [];
    private readonly Queue<Payment> _ended = [];
    private readonly Dictionary<string, Payment> _charges = [];
    private readonly Queue<string> _chargesByAge = [];
    private readonly Dictionary<string, Invoice> _links = [];
    private readonly Queue<string> _linksByAge = [];
    private long _lastId = Random.Shared.NextInt64(1L << 40, 1L << 50) * 1000;
    private int _lastCharge;
    private int _lastLink;

    /// <summary>The payments that wait for the bot's word.</summary>
    public IReadOnlyCollection<Payment> Open => _open.Values;

    /// <summary>The newest payments that ended, for the page.</summary>
    public IEnumerable<Payment> Ended => _ended;

    public Payment? Find(string queryId) => _open.GetValueOrDefault(queryId) ?? _ended.FirstOrDefault(p => p.QueryId == queryId);

    public void Clear()
    {
        foreach (var payment in _open.Values)
            payment.Deadline?.Dispose();
        _open.Clear();
        _ended.Clear();
        _charges.Clear();
        _chargesByAge.Clear();
        _links.Clear();
        _linksByAge.Clear();
    }

    public string CreateLink(Invoice invoice)
    {
        if (_links.Count == MaxRemembered)
            _links.Remove(_linksByAge.Dequeue());
        var link = string.Create(CultureInfo.InvariantCulture, $"https://t.me/$playground{++_lastLink}");
        _links.Add(link, invoice);
        _linksByAge.Enqueue(link);
        return link;
    }

    public Invoice? ByLink(string link)
    {
        lock (world.Gate)
            return _links.GetValueOrDefault(link);
    }

    public Payment Begin(Person by, Invoice invoice, Message? message)
    {
        var payment = new Payment((++_lastId).ToString(CultureInfo.InvariantCulture), by, invoice, message);
        _open.Add(payment.QueryId, payment);
        payment.Deadline = world.Options.Time.CreateTimer(_ => Expire(payment), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        world.Updates.EnqueuePreCheckout(payment);
        world.Notify(by.Chat);
        return payment;
    }

    public void Answer(string queryId, bool ok, string errorMessage)
    {
        if (!_open.Remove(queryId, out var payment))
            throw ApiFailure.BadRequest("query is too old and response timeout expired or query ID is invalid");
        if (!ok)
        {
            payment.ErrorMessage = errorMessage;
            End(payment, PaymentOutcome.Refused);
            world.Notify(payment.By.Chat);
            return;
        }

        payment.ChargeId = string.Create(CultureInfo.InvariantCulture, $"stxPlayground{++_lastCharge:D8}_{Guid.NewGuid():N}");
        if (_charges.Count == MaxRemembered)
            _charges.Remove(_chargesByAge.Dequeue());
        _charges.Add(payment.ChargeId, payment);
        _chargesByAge.Enqueue(payment.ChargeId);
        Post(payment, MessageKind.SuccessfulPayment);
        End(payment, PaymentOutcome.Paid);
    }

    public void Refund(long userId, string chargeId)
    {
        if (!_charges.TryGetValue(chargeId, out var payment) || payment.By.Id != userId || payment.Invoice.Currency != "XTR")
            throw ApiFailure.BadRequest("CHARGE_NOT_FOUND");
        if (payment.IsRefunded)
            throw ApiFailure.BadRequest("CHARGE_ALREADY_REFUNDED");
        payment.IsRefunded = true;
        Post(payment, MessageKind.RefundedPayment);
    }

    private void Expire(Payment payment)
    {
        lock (world.Gate)
        {
            if (!_open.Remove(payment.QueryId))
                return;
            End(payment, PaymentOutcome.TimedOut);
            world.Notify(payment.By.Chat);
        }
    }

    private void End(Payment payment, PaymentOutcome outcome)
    {
        payment.Complete(outcome);
        _ended.Enqueue(payment);
        if (_ended.Count > MaxEnded)
            _ended.Dequeue();
    }

    private void Post(Payment payment, MessageKind kind)
    {
        var chat = payment.By.Chat;
        var message = new Message(chat, world.NextMessageId(), payment.By, world.Now, kind, new MessageContent(FormattedText.Empty, Keyboard.None))
        {
            Receipt = new PaymentReceipt(payment, payment.By.Id + "_" + payment.QueryId),
        };
        chat.Add(message);
        world.Updates.EnqueueMessage("message", message);
    }
}
