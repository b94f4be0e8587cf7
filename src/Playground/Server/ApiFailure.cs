namespace MarketBot.Playground;

/// <summary>A refused call: becomes <c>{"ok":false,...}</c> with this code and description.</summary>
internal sealed class ApiFailure(int code, string description, int? retryAfter = null, long? migrateToChatId = null) : Exception(description)
{
    public int Code => code;

    public int? RetryAfter => retryAfter;

    public long? MigrateToChatId => migrateToChatId;

    public static ApiFailure BadRequest(string problem) => new(400, "Bad Request: " + problem);

    public static ApiFailure Forbidden(string problem) => new(403, "Forbidden: " + problem);

    public static ApiFailure Conflict(string problem) => new(409, "Conflict: " + problem);

    public static ApiFailure TooManyRequests(int seconds) => new(429, $"Too Many Requests: retry after {seconds}", seconds);
}
