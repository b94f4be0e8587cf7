using System.Text.Encodings.Web;
using System.Text.Json.Serialization;

namespace MarketBot.Playground;

/// <summary>A recorded conversation: who takes part, what they do, and what they see afterwards. As a file it is JSON.</summary>
public sealed record Scenario
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>The purpose of the scenario, as a sentence.</summary>
    [JsonRequired]
    public string Name { get; init; } = "";

    /// <summary>The people in it; those who do not exist yet are added.</summary>
    public IReadOnlyList<ScenarioPerson> People { get; init; } = [];

    /// <summary>The steps, in order.</summary>
    [JsonRequired]
    public IReadOnlyList<ScenarioStep> Steps { get; init; } = [];

    /// <summary>Reads the file format.</summary>
    /// <exception cref="JsonException">It is not a scenario.</exception>
    public static Scenario Parse(string json) => JsonSerializer.Deserialize<Scenario>(json, Json) ?? throw new JsonException("A scenario is a JSON object.");

    /// <summary>Writes the file format.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>Somebody in a scenario.</summary>
public sealed record ScenarioPerson(long Id, string FirstName)
{
    /// <summary>The last name, if any.</summary>
    public string? LastName { get; init; }

    /// <summary>The username without <c>@</c>.</summary>
    public string? Username { get; init; }

    /// <summary>The IETF tag of the person's app.</summary>
    public string? LanguageCode { get; init; }
}

/// <summary>Something that a person does (or a fault that is planned), and what is seen then.</summary>
public sealed record ScenarioStep
{
    /// <summary>The person who acts; none for a fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Person { get; init; }

    /// <summary>Sends this text.</summary>
    public string? Send { get; init; }

    /// <summary>Presses the button with this label or data, on the newest message that has one.</summary>
    public string? Press { get; init; }

    /// <summary>Sends this callback data, whether or not a button has it.</summary>
    public string? PressData { get; init; }

    /// <summary>Pays the newest invoice.</summary>
    public bool? Pay { get; init; }

    /// <summary>Blocks the bot (true) or unblocks it (false).</summary>
    public bool? Block { get; init; }

    /// <summary>Plans a fault; nobody does anything.</summary>
    public FaultSpec? Fault { get; init; }

    /// <summary>The expectations after the step.</summary>
    public ScenarioExpectation? Expect { get; init; }
}

/// <summary>The expectations of a step: what a person must see. A property that is left out is not compared.</summary>
public sealed record ScenarioExpectation
{
    /// <summary>The whole text of the message that the bot sent or edited last.</summary>
    public string? Text { get; init; }

    /// <summary>Pieces of that text.</summary>
    public IReadOnlyList<string>? Contains { get; init; }

    /// <summary>The labels of its buttons, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Buttons { get; init; }

    /// <summary>The text of the answer to the press; empty when the bot answered without one.</summary>
    public string? Toast { get; init; }

    /// <summary>True when the answer was an alert.</summary>
    public bool? Alert { get; init; }

    /// <summary>The message of the step is gone: the bot deleted it.</summary>
    public bool? Deleted { get; init; }

    /// <summary>The title of the invoice that the bot sent last.</summary>
    public string? Invoice { get; init; }

    /// <summary>The outcome of the payment: <c>paid</c>, <c>refused</c> or <c>timedOut</c>.</summary>
    public string? Outcome { get; init; }
}
