// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>What a table wants of its bus. Under the gate.</summary>
internal interface ITableLink
{
    /// <summary>Throws where this host may not write now.</summary>
    void CheckWritable();

    /// <summary>Tells the others.</summary>
    void Written(BusTable table, BusEntry entry);

    /// <summary>What is not acknowledged yet.</summary>
    long PendingOf(BusTable table);
}
