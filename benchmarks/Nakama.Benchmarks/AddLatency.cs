using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;

namespace Nakama.Benchmarks;

/// <summary>
/// The latency of adding a ticket during the longest possible round: 10 000 tickets that exclude each other by two properties,
/// each with a query of 30 clauses of which all but those two match every ticket.
/// </summary>
internal static class AddLatency
{
    public const string Name = "add-latency";

    private const int Tickets = 10_000;
    private const int Samples = 10_000;
    private const int FittingClauses = 28;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public static async Task RunAsync()
    {
        using var node = new BenchmarkNode();
        var (matchmaker, rounds) = (node.Get<Matchmaker>(), node.Get<MatchmakerInterval>());
        for (var i = 0; i < Tickets; i++) Take(node, matchmaker, i);
        Report("without a round", Measure(node, matchmaker));

        using var end = new CancellationTokenSource();
        var startedAt = TimeProvider.System.GetTimestamp();
        var searching = Task.Run(() => SearchAsync(rounds, end.Token));
        var times = Measure(node, matchmaker);
        var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
        await end.CancelAsync();
        Report($"beside rounds, {await searching} begun in {elapsed.TotalSeconds:F0} s", times);
    }

    private static async Task<int> SearchAsync(MatchmakerInterval rounds, CancellationToken cancellationToken)
    {
        var count = 0;
        for (; !cancellationToken.IsCancellationRequested; count++)
        {
            if (await rounds.RunAsync(cancellationToken) > 0) throw new InvalidOperationException("No two of the tickets fit each other.");
        }

        return count;
    }

    /// <summary>Adds tickets one after another, at the rate of real players, and removes them; returns the sorted times.</summary>
    private static TimeSpan[] Measure(BenchmarkNode node, Matchmaker matchmaker)
    {
        var time = TimeProvider.System;
        var times = new TimeSpan[Samples];
        MatchmakerPresence[] presences = [MatchmakerPresence.Of(node.Open(), node.Get<LocalNode>())];
        for (var i = 0; i < Samples; i++)
        {
            var criteria = Criteria(i % Tickets);
            var startedAt = time.GetTimestamp();
            var ticket = matchmaker.Add(presences, "", criteria);
            times[i] = time.GetElapsedTime(startedAt);
            matchmaker.RemoveOfSession(presences[0].SessionId, ticket);
            Thread.Sleep(Pause);
        }

        Array.Sort(times);
        return times;
    }

    private static void Report(string when, TimeSpan[] times) => Console.WriteLine(
        $"adding a ticket {when}: median {At(times, 50):F3} ms, p99 {At(times, 99):F3} ms, p99.9 {At(times, 99.9):F3} ms, longest {times[^1].TotalMilliseconds:F3} ms");

    private static double At(TimeSpan[] times, double percent) => times[(int)(times.Length * percent / 100)].TotalMilliseconds;

    private static void Take(BenchmarkNode node, Matchmaker matchmaker, int i) =>
        matchmaker.Add([MatchmakerPresence.Of(node.Open(), node.Get<LocalNode>())], "", Criteria(i));

    private static MatchmakerCriteria Criteria(int i)
    {
        // Both properties increase together, and every query requires a higher value of one and a lower value of the other.
        var numbers = new Dictionary<string, double> { ["wins"] = i, ["losses"] = i };
        var query = new System.Text.StringBuilder();
        for (var clause = 0; clause < FittingClauses; clause++)
        {
            numbers[$"p{clause}"] = clause;
            query.Append(System.Globalization.CultureInfo.InvariantCulture, $"+properties.p{clause}:>=0 ");
        }

        query.Append(System.Globalization.CultureInfo.InvariantCulture, $"+properties.wins:>{i} +properties.losses:<{i}");
        return MatchmakerCriteria.Check(2, 2, null, query.ToString(), new Dictionary<string, string>(), numbers);
    }
}
