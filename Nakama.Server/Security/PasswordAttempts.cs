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
    public static ApiError TooMany => new(StatusCode.ResourceExhausted, "Too many wrong passwords. Try again later.");

    /// <summary>Who a client is to the queue of passwords.</summary>
    public PasswordCaller Caller(string clientIp)
    {
        var network = ClientNetwork.Of(clientIp);
        return new PasswordCaller(network, _byAddress[network] > ComesLastAfter);
    }

    /// <summary>Whether the password makes the hash; without a hash it takes as long to say no.</summary>
    /// <param name="clientIp">Empty when game logic asks, whose attempts are not counted.</param>
    /// <exception cref="ApiError">There were too many wrong ones, or too many wait.</exception>
    public async ValueTask<bool> IsRightAsync(Guid userId, string password, byte[]? hash, string clientIp, CancellationToken cancellationToken)
    {
        var isCounted = clientIp.Length > 0;
        var caller = Caller(clientIp);
        // Counted before the answer is known, so that attempts at the same moment do not slip through together.
        if (isCounted) Count(caller.Address, userId);
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
                _byAddress.TakeBack(caller.Address);
                _byAccount.TakeBack((caller.Address, userId));
            }
            else if (isCounted)
            {
                Failed?.Invoke(caller.Address, userId);
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

    private void Count(string address, Guid userId)
    {
        if (!_byAccount.TryAdd((address, userId), MaxPerAccount)) throw TooMany;
        if (_byAddress.TryAdd(address, MaxPerAddress)) return;
        _byAccount.TakeBack((address, userId));
        throw TooMany;
    }
}
