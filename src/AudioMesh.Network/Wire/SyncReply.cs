// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Wire;

/// <summary>
/// The answer to a <see cref="SyncRequest"/>: the times at which it came and is answered, by the answering host's own clock; what that host
/// takes for mesh time; and by whom. Fields follow each other in this order, big endian, rates as IEEE 754 doubles.
/// </summary>
/// <param name="Nonce">The request's.</param>
/// <param name="Received">Host time when the request came, from the kernel where it tells.</param>
/// <param name="Sent">Host time when this is sent.</param>
/// <param name="Requests">How many requests the answering host has sent to the asking one so far; wraps around.</param>
/// <param name="Priority">The answering host's own claim to be the reference: 0 unless configured.</param>
/// <param name="ReferencePriority">The same of the reference it follows.</param>
/// <param name="Hops">How many hosts lie between the answering host and the reference: 0 when it is the reference, at most <see cref="MaxHops"/>.</param>
/// <param name="MeshId">Which time scale it keeps.</param>
/// <param name="MeshBirth">When that was founded, in its own time.</param>
/// <param name="ReferenceId">Whose clock defines that now.</param>
/// <param name="ParentId">Whom it has that from: itself when it is the reference.</param>
/// <param name="Birth">Mesh time since when the answering host has been there.</param>
/// <param name="ReferenceBirth">The same of the reference.</param>
/// <param name="ReferenceSeen">Mesh time of the reference's last word that came this far.</param>
/// <param name="Map">Host time to mesh time, with its error bounds; those of mesh time's definition, without what is still being slewed.</param>
public readonly record struct SyncReply(
    ulong Nonce,
    MeshTime Received,
    MeshTime Sent,
    uint Requests,
    byte Priority,
    byte ReferencePriority,
    byte Hops,
    ulong MeshId,
    MeshTime MeshBirth,
    ulong ReferenceId,
    ulong ParentId,
    MeshTime Birth,
    MeshTime ReferenceBirth,
    MeshTime ReferenceSeen,
    ClockMap Map)
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 128;

    /// <summary>No mesh is deeper.</summary>
    public const int MaxHops = 15;

    /// <summary>Times beyond this, 73 years, are refused: sums of two still fit.</summary>
    private const long MostNs = 1L << 61;

    /// <summary>No pair of clocks that work is further apart than this.</summary>
    private const double MostRateDeviation = 0.01;

    private const double MostRateError = 1;

    /// <summary>Writes <see cref="Bytes"/> bytes; <paramref name="body"/> must hold them.</summary>
    public void Write(Span<byte> body)
    {
        WireWriter writer = new(body);
        writer.UInt64(Nonce);
        writer.Int64(Received.Nanoseconds);
        writer.Int64(Sent.Nanoseconds);
        writer.UInt32(Requests);
        writer.Byte(Priority);
        writer.Byte(ReferencePriority);
        writer.Byte(Hops);
        writer.Byte(0);
        writer.UInt64(MeshId);
        writer.Int64(MeshBirth.Nanoseconds);
        writer.UInt64(ReferenceId);
        writer.UInt64(ParentId);
        writer.Int64(Birth.Nanoseconds);
        writer.Int64(ReferenceBirth.Nanoseconds);
        writer.Int64(ReferenceSeen.Nanoseconds);
        writer.Int64(Map.SourceOrigin);
        writer.Int64(Map.MeshOrigin.Nanoseconds);
        writer.Double(Map.Rate);
        writer.Double(Map.ErrorNs);
        writer.Double(Map.RateError);
    }

    /// <summary>False when <paramref name="body"/> is not <see cref="Bytes"/> long or says what cannot be.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out SyncReply reply)
    {
        reply = default;
        if (body.Length != Bytes)
        {
            return false;
        }

        WireReader reader = new(body);
        ulong nonce = reader.UInt64();
        MeshTime received = new(reader.Int64()), sent = new(reader.Int64());
        uint requests = reader.UInt32();
        byte priority = reader.Byte(), referencePriority = reader.Byte(), hops = reader.Byte();
        bool isZero = reader.Byte() == 0;
        ulong mesh = reader.UInt64();
        MeshTime meshBirth = new(reader.Int64());
        ulong reference = reader.UInt64(), parent = reader.UInt64();
        MeshTime birth = new(reader.Int64()), referenceBirth = new(reader.Int64()), referenceSeen = new(reader.Int64());
        MeshTime mapHost = new(reader.Int64()), mapMesh = new(reader.Int64());
        double rate = reader.Double(), errorNs = reader.Double(), rateError = reader.Double();
        bool holds = isZero && hops <= MaxHops && sent >= received
            && IsSane(received) && IsSane(sent) && IsSane(meshBirth) && IsSane(birth) && IsSane(referenceBirth) && IsSane(referenceSeen) && IsSane(mapHost) && IsSane(mapMesh)
            && Math.Abs(rate - 1) <= MostRateDeviation && errorNs is >= 0 and <= MostNs && rateError is >= 0 and <= MostRateError;
        if (!holds)
        {
            return false;
        }

        ClockMap map = new(mapHost.Nanoseconds, mapMesh, rate, errorNs, rateError);
        reply = new SyncReply(
            nonce, received, sent, requests, priority, referencePriority, hops, mesh, meshBirth, reference, parent, birth, referenceBirth, referenceSeen, map);
        return true;
    }

    private static bool IsSane(MeshTime time) => time.Nanoseconds is > -MostNs and < MostNs;
}
