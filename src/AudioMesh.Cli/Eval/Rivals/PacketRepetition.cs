// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>The last packet again, as often as it takes.</summary>
internal sealed class PacketRepetition : IConcealer
{
    private readonly SampleHistory _history;

    public PacketRepetition(int packetFrames)
        : this(new SampleHistory(packetFrames))
    {
    }

    private PacketRepetition(SampleHistory history) => _history = history;

    public void Receive(Span<float> packet) => _history.Push(packet);

    public void Lose(Span<float> packet, ReadOnlySpan<float> next)
    {
        for (Span<float> rest = packet; !rest.IsEmpty;)
        {
            int frames = Math.Min(rest.Length, _history.Samples.Length);
            _history.Samples[..frames].CopyTo(rest);
            rest = rest[frames..];
        }
    }

    public IConcealer Fork() => new PacketRepetition(_history.Fork());
}
