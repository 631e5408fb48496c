using Nakama.Server.Errors;

namespace Nakama.Server.Security;

/// <summary>
/// Checks the passwords of players and bounds how many wrong ones come from an address, and from an address for an
/// account. An account as such is never locked, so nobody keeps its owner out from elsewhere.
/// </summary>
public sealed class PasswordAttempts(PasswordHasher passwords, TimeProvider time)
{
    /// <summary>How many wrong passwords an address may try for one account, within one to two minutes.</summary>
    public const int MaxPerAccount = 5;

    /// <summary>How many wrong passwords an address may try in all, within one to two minutes.</summary>
    public const int MaxPerAddress = 30;

    /// <summary>After so many wrong passwords everybody else is served before the address.</summary>
    public const int ComesLastAfter = 3;

    private const int MaxKeys = 65_536;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>A wrong password came through this node: network, user.</summary>
    internal event Action<string, Guid>? Failed;

    private readonly RecentCounts<string> _byAddress = new(time, Period, MaxKeys);
    private readonly RecentCounts<(string, Guid)> _byAccount = new(time, Period, MaxKeys);

    /// <summary>Too many wrong passwords came from this address.</summary>
    public static ApiException TooMany => new(StatusCode.ResourceExhausted, "Too many wrong passwords. Try again later.");

    /// <summary>Who a client is to the queue of passwords.</summary>
    public PasswordCaller Caller(ClientOrigin client)
    {
        var network = ClientNetwork.Of(client.Ip);
        return new PasswordCaller(network, client.IsCertain && _byAddress[network] > ComesLastAfter);
    }

    /// <summary>Whether the password makes the hash; without a hash it takes as long to say no.</summary>
    /// <param name="client">Where the client is; an address that is not certain is not counted as such.</param>
    /// <exception cref="ApiException">There were too many wrong ones, or too many wait.</exception>
    public async ValueTask<bool> IsRightAsync(Guid userId, string password, byte[]? hash, ClientOrigin client, CancellationToken cancellationToken)
    {
        var isCounted = client != ClientOrigin.Node;
        var caller = Caller(client);
        // Counted before the answer is known, so that attempts at the same moment do not slip through together.
        if (isCounted) Count(client, userId);
        var isWrong = false;
        try
        {
            if (hash is { Length: > 0 })
            {
                isWrong = !await passwords.VerifyAsync(password, hash, caller, cancellationToken);
            }
            else
            {
                await passwords.PretendAsync(password, caller, cancellationToken);
                isWrong = true;
            }
        }
        finally
        {
            if (isCounted && !isWrong)
            {
                if (client.IsCertain) _byAddress.TakeBack(client.Key);
                _byAccount.TakeBack((client.Key, userId));
            }
            else if (isCounted)
            {
                Failed?.Invoke(client.Key, userId);
            }
        }

        return !isWrong;
    }

    /// <summary>Counts a wrong password that came through another node.</summary>
    internal void Note(string network, Guid userId)
    {
        _byAccount.TryAdd((network, userId), MaxPerAccount);
        _byAddress.TryAdd(network, MaxPerAddress);
    }

    private void Count(ClientOrigin client, Guid userId)
    {
        if (!_byAccount.TryAdd((client.Key, userId), MaxPerAccount)) throw TooMany;
        if (!client.IsCertain || _byAddress.TryAdd(client.Key, MaxPerAddress)) return;
        _byAccount.TakeBack((client.Key, userId));
        throw TooMany;
    }
}
