// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>Whether somebody still wants to be called.</summary>
internal interface IBusSubscription
{
    bool IsActive { get; }
}
