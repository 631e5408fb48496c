using System.Globalization;
using System.Text;
using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Grpc;

/// <summary>How a call ends.</summary>
internal sealed record GrpcStatus(StatusCode Code, string Message)
{
    /// <summary>Answers with this status and no message. No part of the answer may have been sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="httpStatus">200 unless the request is not a gRPC call.</param>
    public void Write(HttpContext context, int httpStatus = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = httpStatus;
        response.ContentType = "application/grpc";
        // Without a message the status is sent in the headers, since there is nothing for it to trail.
        response.Headers["grpc-status"] = ((int)Code).ToString(CultureInfo.InvariantCulture);
        if (Message.Length > 0) response.Headers["grpc-message"] = Escape(Message);
    }

    /// <summary>Percent-encodes what is not printable ASCII.</summary>
    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('%')) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7e and not (byte)'%') escaped.Append((char)b);
            else escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.ToString();
    }
}
