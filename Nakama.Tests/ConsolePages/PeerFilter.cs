using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Nakama.Tests.ConsolePages;

/// <summary>Makes a request seem to come from the address that a header names, as one machine has few addresses.</summary>
internal sealed class PeerFilter : IStartupFilter
{
    public const string Header = "Test-Peer";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (IPAddress.TryParse(context.Request.Headers[Header], out var address)) context.Connection.RemoteIpAddress = address;
            return rest(context);
        });
        next(app);
    };
}
