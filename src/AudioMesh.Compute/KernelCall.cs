// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>What a kernel in C# is called with: all workgroups of one dispatch.</summary>
internal readonly unsafe ref struct KernelCall(byte** buffers, int groupsX, int groupsY, int groupsZ)
{
    public byte** Buffers { get; } = buffers;

    public int GroupsX { get; } = groupsX;

    public int GroupsY { get; } = groupsY;

    public int GroupsZ { get; } = groupsZ;

    public T* Buffer<T>(int binding)
        where T : unmanaged => (T*)Buffers[binding];
}
