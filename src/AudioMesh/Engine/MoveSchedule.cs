// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <summary>The settings of one change that begin at a time of their own: checked when they are asked for, handed to their nodes when all else was possible.</summary>
internal sealed class MoveSchedule(RenderMoment moment, RateDomains rates, IReadOnlyCollection<GraphNode> present)
{
    private readonly Dictionary<GraphNode, List<ScheduledMove>> _moves = [];
    private int _count;

    /// <summary>Sets <paramref name="values"/> of <paramref name="node"/>, which its type allows. Throws InvalidArgument, InvalidState, LimitExceeded.</summary>
    public void Add(GraphNode node, IReadOnlyDictionary<string, ParameterValue> values, SetTiming timing)
    {
        Check(timing);
        if (!_moves.TryGetValue(node, out List<ScheduledMove>? moves))
        {
            _moves[node] = moves = [];
        }

        foreach ((string parameter, ParameterValue value) in values)
        {
            moves.Add(MoveOf(node, parameter, value, timing));
            _count++;
        }

        CheckRoom(node, moves.Count);
    }

    /// <summary>Hands them over.</summary>
    public void Apply()
    {
        foreach ((GraphNode node, List<ScheduledMove> moves) in _moves)
        {
            node.Schedule(moves);
        }
    }

    private ScheduledMove MoveOf(GraphNode node, string parameter, ParameterValue value, SetTiming timing)
    {
        if (node.Live(parameter) is not { } live)
        {
            throw Refused(timing.At is null ? "ramp_ms" : "at", NumbersOf(node), $"'{parameter}' of {node.Type.Name} {node.Id} is set at once or not at all.");
        }

        if (timing.RampMs > 0 && !live.Ramps)
        {
            throw Refused("ramp_ms", "0", $"'{parameter}' of {node.Type.Name} {node.Id} can only jump.");
        }

        int frames = timing.RampMs is { } ms ? (int)Math.Round(ms * rates.After(node) / 1000) : live.UsualFrames;
        return new ScheduledMove(live, live.Plan(value.Number, frames), timing.At ?? MeshTime.Unknown);
    }

    private static string NumbersOf(GraphNode node) =>
        string.Join(", ", node.Type.Parameters.Where(parameter => node.Live(parameter.Name) is not null).Select(parameter => parameter.Name));

    private void Check(SetTiming timing)
    {
        if (moment.Rate == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, "No device is open: nothing has a time.");
        }

        if (timing.RampMs is { } ms && !(ms is >= 0 and <= SetTiming.MaxRampMs))
        {
            throw Refused("ramp_ms", $"number 0..{SetTiming.MaxRampMs}", $"A ramp of {ms} ms is out of range.");
        }

        // What is past by less than a period is late by no more than a request may be.
        if (timing.At is { } at && (at < moment.Next.Add(-moment.PeriodNs) || at > moment.Next.Add(SetTiming.MaxAheadNs)))
        {
            string allowed = $"{moment.Next.Nanoseconds - moment.PeriodNs}..{moment.Next.Nanoseconds + SetTiming.MaxAheadNs}";
            throw Refused("at", allowed, at < moment.Next ? $"{at.Nanoseconds} is past." : $"{at.Nanoseconds} is more than {SetTiming.MaxAheadNs / 1_000_000_000} s ahead.");
        }
    }

    private void CheckRoom(GraphNode node, int added)
    {
        if (node.WaitingMoves + added > SetTiming.MaxWaitingOfNode)
        {
            throw Full($"{SetTiming.MaxWaitingOfNode} settings of {node.Type.Name} {node.Id}");
        }

        if (present.Sum(other => other.WaitingMoves) + _count > SetTiming.MaxWaiting)
        {
            throw Full($"{SetTiming.MaxWaiting} settings");
        }
    }

    private static AudioMeshException Full(string what) => new(AudioErrorKind.LimitExceeded, $"{what} wait for their time already.") { Field = "at" };

    private static AudioMeshException Refused(string field, string allowed, string message) =>
        new(AudioErrorKind.InvalidArgument, message) { Field = field, Allowed = allowed };
}
