// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>A client as the control side knows it.</summary>
/// <param name="Seat">Its place.</param>
/// <param name="Row">Its row and column in the table of levels.</param>
/// <param name="Name">Its name.</param>
internal sealed record HubMember(HubSeat Seat, int Row, string Name)
{
    /// <summary>The change by which it was faded out; 0 while it is there.</summary>
    public long LeftAt { get; set; }
}
