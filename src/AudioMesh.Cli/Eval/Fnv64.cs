// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;

namespace AudioMesh.Cli.Eval;

/// <summary>A hash that says whether two runs gave the same bits: FNV-1a of 64 bits (Fowler, Noll, Vo).</summary>
internal struct Fnv64
{
    private const ulong Prime = 0x100000001b3;

    public Fnv64()
    {
    }

    public ulong Value { get; private set; } = 0xcbf29ce484222325;

    public void Add(byte one) => Value = (Value ^ one) * Prime;

    public void Add(ulong number) => Add(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(ref number)));

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public void Add(ReadOnlySpan<float> samples) => Add(MemoryMarshal.AsBytes(samples));

    private void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            Add(one);
        }
    }
}
