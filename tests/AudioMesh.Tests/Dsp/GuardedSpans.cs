// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Tests.Dsp;

/// <summary>Spans of any length, every one of which ends where an unreachable page begins, and lies at another alignment.</summary>
internal sealed unsafe class GuardedSpans<T>(int most) : IDisposable
    where T : unmanaged
{
    private readonly GuardedMemory _memory = new((long)most * sizeof(T));

    public Span<T> All => new(_memory.Address, most);

    public Span<T> Last(int count) => All[^count..];

    public Span<T> LastHolding(ReadOnlySpan<T> values)
    {
        Span<T> span = Last(values.Length);
        values.CopyTo(span);
        return span;
    }

    public void Dispose() => _memory.Dispose();
}
