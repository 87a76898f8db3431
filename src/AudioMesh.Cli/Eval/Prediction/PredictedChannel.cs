// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Cli.Eval.Prediction;

/// <summary>PNBTR, whose models are trained as soon as they are due.</summary>
internal sealed class PredictedChannel(StreamConcealer concealer) : IConcealer
{
    public PredictedChannel(int rate, ConcealmentProfile profile)
        : this(new StreamConcealer(new ConcealerOptions { Channels = 1, Rate = rate, Profile = profile }))
    {
    }

    public void Receive(Span<float> packet) => concealer.Receive(packet);

    public void Lose(Span<float> packet, ReadOnlySpan<float> next) => concealer.Fill(packet, next);

    public void Work()
    {
        while (concealer.Work())
        {
        }
    }

    public IConcealer Fork() => new PredictedChannel(concealer.Fork());

    public void Dispose() => concealer.Dispose();
}
