// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>Bends datagrams.</summary>
internal static class Mutation
{
    /// <summary>One of the ways to bend <paramref name="source"/>, or none, in <paramref name="buffer"/>.</summary>
    public static Span<byte> Of(ReadOnlySpan<byte> source, Span<byte> buffer, ref RepeatableRandom random)
    {
        source.CopyTo(buffer);
        Span<byte> bent = buffer[..source.Length];
        switch (random.Next(9))
        {
            case 0:
                return bent;
            case 1:
                return bent[..random.Next(bent.Length + 1)];
            case 2:
                Span<byte> longer = buffer[..(source.Length + 1 + random.Next(buffer.Length - source.Length))];
                random.Fill(longer[source.Length..Math.Min(longer.Length, source.Length + 64)]);
                return longer;
            case 3:
                random.Fill(bent);
                return bent;
            case 4 when bent.Length > 0:
                Span<byte> part = bent[random.Next(bent.Length)..];
                random.Fill(part[..random.Next(Math.Min(8, part.Length) + 1)]);
                return bent;
            case 5 when bent.Length > 0:
                // Lengths and counts are where it hurts.
                bent[random.Next(Math.Min(40, bent.Length))] = (byte)(random.Next(2) * 255);
                return bent;
            default:
                for (int flips = 1 + random.Next(3); flips > 0 && bent.Length > 0; flips--)
                {
                    bent[random.Next(bent.Length)] ^= (byte)(1 << random.Next(8));
                }

                return bent;
        }
    }
}
