using MarketBot.Application.Administration;

namespace MarketBot.Presentation.Bot.Administration;

/// <summary>The words of operators' work, which the command line says in English.</summary>
internal sealed record AdministrationTexts : IFeatureTexts<AdministrationTexts>
{
    /// <inheritdoc />
    public required IReadOnlyDictionary<string, Func<Refusal, Html>> Refusals { get; init; }

    public static AdministrationTexts Ru { get; } = new()
    {
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [DeliveryRefusals.NoSuchUpdate.Code] = _ => Html.Of($"Такого обновления нет."),
            [DeliveryRefusals.ContentErased.Code] = _ => Html.Of($"В этом обновлении был секрет, поэтому его содержимое стёрто и обработать его снова нельзя."),
            [DeliveryRefusals.AlreadyApplied.Code] = _ => Html.Of($"Это обновление уже подействовало, поэтому обработать его снова нельзя."),
            [DeliveryRefusals.NoSuchMessage.Code] = _ => Html.Of($"Такого сообщения нет."),
        },
    };

    public static AdministrationTexts En { get; } = new()
    {
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [DeliveryRefusals.NoSuchUpdate.Code] = _ => Html.Of($"There is no such update."),
            [DeliveryRefusals.ContentErased.Code] = _ => Html.Of($"This update held a secret, so its content was erased and it cannot be handled again."),
            [DeliveryRefusals.AlreadyApplied.Code] = _ => Html.Of($"This update has had its effect already, so it cannot be handled again."),
            [DeliveryRefusals.NoSuchMessage.Code] = _ => Html.Of($"There is no such message."),
        },
    };

    public static AdministrationTexts Of(Language language) => language == Language.Ru ? Ru : En;
}
