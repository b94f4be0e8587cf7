using System.Net;
using Telegram.Bot.Types;

namespace Telegram.Bot.Exceptions;

/// <summary>A request got no usable answer from the Bot API, so it is unknown whether it was carried out.</summary>
/// <remarks>
/// It surely was not when <see cref="Exception.InnerException"/> is an <see cref="HttpRequestException"/> whose <see cref="HttpRequestError"/>
/// is <see cref="HttpRequestError.NameResolutionError"/> or <see cref="HttpRequestError.ConnectionError"/>.
/// </remarks>
public class RequestException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RequestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public RequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for an answer that could not be used.</summary>
    public RequestException(string message, HttpStatusCode httpStatusCode)
        : base(message) => HttpStatusCode = httpStatusCode;

    /// <summary>Creates the exception for an answer that could not be used, with the cause.</summary>
    public RequestException(string message, HttpStatusCode httpStatusCode, Exception? innerException)
        : base(message, innerException) => HttpStatusCode = httpStatusCode;

    /// <summary>The HTTP status, if there was an HTTP answer at all.</summary>
    public HttpStatusCode? HttpStatusCode { get; }
}

/// <summary>The Bot API refused a request: its answer was <c>"ok": false</c>. The message is the answer's <c>description</c>.</summary>
public class ApiRequestException : RequestException
{
    /// <summary>Creates the exception.</summary>
    public ApiRequestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the answer's <c>error_code</c>.</summary>
    public ApiRequestException(string message, int errorCode)
        : base(message) => ErrorCode = errorCode;

    /// <summary>Creates the exception with its cause.</summary>
    public ApiRequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with the answer's <c>error_code</c> and its cause.</summary>
    public ApiRequestException(string message, int errorCode, Exception innerException)
        : base(message, innerException) => ErrorCode = errorCode;

    /// <summary>Creates the exception with the answer's <c>error_code</c> and <c>parameters</c>.</summary>
    public ApiRequestException(string message, int errorCode, ResponseParameters? parameters)
        : base(message) => (ErrorCode, Parameters) = (errorCode, parameters);

    /// <summary>Creates the exception with the answer's <c>error_code</c> and <c>parameters</c>, and its cause.</summary>
    public ApiRequestException(string message, int errorCode, ResponseParameters? parameters, Exception innerException)
        : base(message, innerException) => (ErrorCode, Parameters) = (errorCode, parameters);

    /// <summary>The answer's <c>error_code</c>, mostly an HTTP status.</summary>
    public virtual int ErrorCode { get; }

    /// <summary>The answer's <c>parameters</c>: how long to wait, or where the chat went.</summary>
    public ResponseParameters? Parameters { get; }
}
