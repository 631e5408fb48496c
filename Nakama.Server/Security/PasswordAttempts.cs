using Nakama.Server.Errors;

namespace Nakama.Server.Security;

/// <summary>
/// Checks the passwords of players and limits the number of wrong ones from an address, and from an address for an
/// account. An account as such is never locked, so an attacker cannot lock out its owner at another address.
/// </summary>
public sealed class PasswordAttempts(PasswordHasher passwords, TimeProvider time)
{
    /// <summary>The number of wrong passwords that an address may try for one account, within one to two minutes.</summary>
    public const int MaxPerAccount = 5;

    /// <summary>The number of wrong passwords that an address may try in total, within one to two minutes.</summary>
    public const int MaxPerAddress = 30;

    /// <summary>After this many wrong passwords all other addresses are served before this one.</summary>
    public const int ComesLastAfter = 3;

    private const int MaxKeys = 65_536;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Raised for a wrong password on this node: network, user.</summary>
    internal event Action<string, Guid>? Failed;

    private readonly RecentCounts<string> _byAddress = new(time, Period, MaxKeys);
    private readonly RecentCounts<(string, Guid)> _byAccount = new(time, Period, MaxKeys);

    /// <summary>The error for too many wrong passwords from this address.</summary>
    public static ApiException TooMany => new(StatusCode.ResourceExhausted, "Too many wrong passwords. Try again later.");

    /// <summary>The identity of a client in the password queue.</summary>
    public PasswordCaller Caller(ClientOrigin client)
    {
        var network = ClientNetwork.Of(client.Ip);
        return new PasswordCaller(network, client.IsCertain && _byAddress[network] > ComesLastAfter);
    }

    /// <summary>Whether the password matches the hash; without a hash the check takes as long and returns false.</summary>
    /// <param name="client">The origin of the client; an address that is not certain is not counted as such.</param>
    /// <exception cref="ApiException">There were too many wrong ones, or too many callers wait.</exception>
    public async ValueTask<bool> IsRightAsync(Guid userId, string password, byte[]? hash, ClientOrigin client, CancellationToken cancellationToken)
    {
        var isCounted = client != ClientOrigin.Node;
        var caller = Caller(client);
        // Counted before the result is known, so that concurrent attempts cannot exceed the limit together.
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

    /// <summary>Counts a wrong password on another node.</summary>
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
