using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>Finds the client of an HTTP request behind proxies. The transports implement it, for endpoints that check credentials.</summary>
public interface IClientOrigins
{
    ClientOrigin OriginOf(HttpContext context);
}
