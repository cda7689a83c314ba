namespace OpsMap.Audit;

/// <summary>/api/audit: who did what.</summary>
static class AuditEndpoints
{
    public static void AddAudit(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuditLog>();
}
