// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Where lines go; for the one thread that writes them.</summary>
internal interface IJdatOutputPort : IDisposable
{
    /// <summary>Who listens now.</summary>
    int Clients { get; }

    /// <summary>Lines that a listener did not get: a number for each.</summary>
    long DroppedLines { get; }

    /// <summary>Listeners that were turned away, or took nothing for too long.</summary>
    long DroppedClients { get; }

    /// <summary>Whether nobody will listen any more.</summary>
    bool IsClosed { get; }

    /// <summary>Sends one line with its end. Gives up where <paramref name="isStopping"/> says so.</summary>
    void Send(ReadOnlySpan<byte> line, ref readonly bool isStopping);

    /// <summary>Sees to who comes, goes and is behind; every few milliseconds.</summary>
    void Pump();
}
