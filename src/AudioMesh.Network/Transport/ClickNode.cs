// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Dsp;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// A click and a count-in, made on this host from the mesh's tempo and time: whatever this host's output latency, it leaves the device on the beat. Stressed beats are higher.
/// </summary>
public sealed class ClickNode : GraphNode
{
    private const double ClickSeconds = 0.03;
    private const double DecaySeconds = 0.006;
    private const double ShortestSeconds = 0.005;
    private const double PlainHz = 1000, StressedHz = 1500;
    private readonly ClickTrack _track;
    private readonly RampedParameter _gain;
    private int _rate = 48_000;
    private int _age = int.MaxValue;
    private bool _isStressed;

    private ClickNode(NodeType type, ClickTrack track, double levelDb)
        : base(type, 0, 1)
    {
        _track = track;
        _gain = new RampedParameter(levelDb, db => Decibels.ToGain(db));
    }

    /// <summary>Adds <c>click</c> to <paramref name="nodes"/>, which follows <paramref name="track"/>.</summary>
    public static NodeCatalogue Add(NodeCatalogue nodes, ClickTrack track)
    {
        NodeType? type = null;
        type = new NodeType(
            "click",
            "The mesh's beat: a click, and a count-in, from tempo map and mesh time.",
            [
                new("db", ParameterKind.Number, "Peak level; 0 is full scale, -120 silence.") { Default = -12, Min = -120, Max = 0, Unit = "dB", IsLive = true },
            ],
            arguments => new ClickNode(type!, track, arguments.Number("db")));
        return nodes.Add(type);
    }

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format) => _rate = format.Rate;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        Span<float> sound = output.Channel(0);
        double nsPerFrame = 1e9 / _rate;
        int done = 0;
        while (done < sound.Length)
        {
            // The frame nearest to a beat clicks: it looks from half a frame before it, and the one after it from half a frame behind.
            MeshTime time = context.OutputTime.Add((long)Math.Round((done - 0.5) * nsPerFrame));
            bool hasNext = _track.TryNext(time, out double afterNs, out bool isStressed);
            double frames = Math.Floor(afterNs / nsPerFrame);
            int next = hasNext && frames < sound.Length - done ? done + (int)frames : sound.Length;
            Fill(sound[done..next]);
            if (next < sound.Length)
            {
                bool isSame = _age < ShortestSeconds * _rate; // device times differ by nanoseconds from block to block
                (_age, _isStressed) = isSame ? (_age, _isStressed) : (0, isStressed);
                Fill(sound.Slice(next, 1));
                next++;
            }

            done = next;
        }

        float gain = (float)_gain.Advance(sound.Length, out double from);
        GainRamp.Apply(sound, (float)from, gain);
        return FrameFlags.None;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "db" ? _gain : null;

    [RealtimeSafe]
    private void Fill(Span<float> sound)
    {
        int length = (int)(ClickSeconds * _rate);
        double step = Math.Tau * (_isStressed ? StressedHz : PlainHz) / _rate;
        for (int i = 0; i < sound.Length; i++)
        {
            // A cosine: it begins at its peak, on the very frame.
            sound[i] = _age < length ? (float)(Math.Cos(step * _age) * Math.Exp(-_age / (DecaySeconds * _rate))) : 0;
            _age += _age < length ? 1 : 0;
        }
    }
}
