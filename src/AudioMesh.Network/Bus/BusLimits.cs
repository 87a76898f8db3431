// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>What a bus takes at most, of this host and of others.</summary>
public static class BusLimits
{
    /// <summary>Bytes of a subject, pattern or key.</summary>
    public const int SubjectBytes = 255;

    /// <summary>Bytes of a message or an answer.</summary>
    public const int PayloadBytes = 64 * 1024;

    /// <summary>Subscriptions, served subjects and watches, together.</summary>
    public const int Subscriptions = 256;

    /// <summary>Requests without an answer yet.</summary>
    public const int Requests = 1024;

    /// <summary>The longest time-out of a request.</summary>
    public const int TimeoutMs = 600_000;

    /// <summary>Tables that a host asks for; without a server it keeps as many of others for them.</summary>
    public const int Tables = 64;

    /// <summary>Keys of a table, those removed included.</summary>
    public const int TableKeys = 16_384;

    /// <summary>Bytes of a value in a table.</summary>
    public const int ValueBytes = 16 * 1024;

    /// <summary>Values of a key that are kept, the present one included.</summary>
    public const int History = 16;
}
