// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>Silence.</summary>
internal sealed class ZeroFill : IConcealer
{
    public void Receive(Span<float> packet)
    {
    }

    public void Lose(Span<float> packet, ReadOnlySpan<float> next) => packet.Clear();

    public IConcealer Fork() => this;
}
