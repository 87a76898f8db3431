// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>A clock of the system that something else keeps right.</summary>
public interface ISystemClock
{
    /// <summary>Reads it now. Throws FormatUnsupported where the system has none that tells how right it is.</summary>
    SystemClockReading Read();
}
