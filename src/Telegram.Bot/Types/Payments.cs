using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Telegram.Bot.Serialization;

namespace Telegram.Bot.Types.Payments;

/// <summary>Bot API type <c>LabeledPrice</c>: a part of a price.</summary>
public sealed class LabeledPrice
{
    /// <summary>Creates an empty part.</summary>
    public LabeledPrice()
    {
    }

    /// <summary>Creates a part.</summary>
    [SetsRequiredMembers]
    public LabeledPrice(string label, int amount) => (Label, Amount) = (label, amount);

    /// <summary>What it is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Label { get; set; }

    /// <summary>The amount in the currency's smallest unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Amount { get; set; }

    /// <summary>Creates a part from a pair.</summary>
    public static implicit operator LabeledPrice((string Label, int Amount) part) => new(part.Label, part.Amount);
}

/// <summary>Bot API type <c>Invoice</c>: a message that can be paid.</summary>
public sealed class Invoice
{
    /// <summary>The product's name.</summary>
    public string Title { get; set; } = "";

    /// <summary>What is sold.</summary>
    public string Description { get; set; } = "";

    /// <summary>The deep link parameter the invoice was sent with.</summary>
    public string StartParameter { get; set; } = "";

    /// <summary>The currency, <c>XTR</c> for Telegram Stars.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The price in the currency's smallest unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int TotalAmount { get; set; }
}

/// <summary>Bot API type <c>PreCheckoutQuery</c>: may this payment go on?</summary>
public sealed class PreCheckoutQuery
{
    /// <summary>What <c>answerPreCheckoutQuery</c> is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Id { get; set; } = "";

    /// <summary>The buyer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public User From { get; set; } = default!;

    /// <summary>The currency, <c>XTR</c> for Telegram Stars.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Currency { get; set; } = "";

    /// <summary>The price in the currency's smallest unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int TotalAmount { get; set; }

    /// <summary>The bot's own note from the invoice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string InvoicePayload { get; set; } = "";

    /// <summary>The shipping chosen.</summary>
    public string? ShippingOptionId { get; set; }

    /// <summary>What the buyer told about themselves.</summary>
    public OrderInfo? OrderInfo { get; set; }
}

/// <summary>Bot API type <c>ShippingQuery</c>.</summary>
public sealed class ShippingQuery
{
    /// <summary>What <c>answerShippingQuery</c> is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Id { get; set; } = "";

    /// <summary>The buyer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public User From { get; set; } = default!;

    /// <summary>The bot's own note from the invoice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string InvoicePayload { get; set; } = "";

    /// <summary>Where to ship to.</summary>
    public ShippingAddress? ShippingAddress { get; set; }
}

/// <summary>Bot API type <c>OrderInfo</c>.</summary>
public sealed class OrderInfo
{
    /// <summary>The buyer's name.</summary>
    public string? Name { get; set; }

    /// <summary>The buyer's phone number.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>The buyer's e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>The buyer's address.</summary>
    public ShippingAddress? ShippingAddress { get; set; }
}

/// <summary>Bot API type <c>ShippingAddress</c>.</summary>
public sealed class ShippingAddress
{
    /// <summary>The country's two letters.</summary>
    public string CountryCode { get; set; } = "";

    /// <summary>The state, if any.</summary>
    public string State { get; set; } = "";

    /// <summary>The city.</summary>
    public string City { get; set; } = "";

    /// <summary>The first line.</summary>
    [JsonPropertyName("street_line1")]
    public string StreetLine1 { get; set; } = "";

    /// <summary>The second line.</summary>
    [JsonPropertyName("street_line2")]
    public string StreetLine2 { get; set; } = "";

    /// <summary>The post code.</summary>
    public string PostCode { get; set; } = "";
}

/// <summary>Bot API type <c>SuccessfulPayment</c>: the money is there, deliver.</summary>
public sealed class SuccessfulPayment
{
    /// <summary>The currency, <c>XTR</c> for Telegram Stars.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Currency { get; set; } = "";

    /// <summary>What was paid, in the currency's smallest unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int TotalAmount { get; set; }

    /// <summary>The bot's own note from the invoice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string InvoicePayload { get; set; } = "";

    /// <summary>When the subscription ends.</summary>
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime? SubscriptionExpirationDate { get; set; }

    /// <summary>Whether it is a payment of a subscription.</summary>
    public bool IsRecurring { get; set; }

    /// <summary>Whether it is the first payment of a subscription.</summary>
    public bool IsFirstRecurring { get; set; }

    /// <summary>The shipping chosen.</summary>
    public string? ShippingOptionId { get; set; }

    /// <summary>What the buyer told about themselves.</summary>
    public OrderInfo? OrderInfo { get; set; }

    /// <summary>The payment's name at Telegram: unique, and what a refund is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string TelegramPaymentChargeId { get; set; } = "";

    /// <summary>The payment's name at the provider.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ProviderPaymentChargeId { get; set; } = "";
}

/// <summary>Bot API type <c>RefundedPayment</c>: the money went back.</summary>
public sealed class RefundedPayment
{
    /// <summary>The currency, <c>XTR</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Currency { get; set; } = "";

    /// <summary>What was given back, in the currency's smallest unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int TotalAmount { get; set; }

    /// <summary>The bot's own note from the invoice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string InvoicePayload { get; set; } = "";

    /// <summary>The payment's name at Telegram.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string TelegramPaymentChargeId { get; set; } = "";

    /// <summary>The payment's name at the provider.</summary>
    public string? ProviderPaymentChargeId { get; set; }
}
