//! Folders that a program copies to a cloud: health records that lie in one have left the house.

use std::path::Path;

/// The service that copies a folder, or one above it, to a cloud, as far as names and what lies there tell.
///
/// `folder` is whole, as the system gives it.
pub fn synchronised(folder: &Path) -> Option<&'static str> {
    folder.ancestors().find_map(|above| by_name(above).or_else(|| by_content(above)))
}

fn by_name(folder: &Path) -> Option<&'static str> {
    let name = folder.file_name()?.to_string_lossy();
    let in_cloud_storage = folder.parent().and_then(Path::file_name).is_some_and(|above| above == "CloudStorage");
    // "OneDrive - Harbor Clinic", "Dropbox (Personal)", "GoogleDrive-ana@example.org".
    let is =
        |service: &str| name.strip_prefix(service).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']));
    let found = SERVICES.iter().find(|(front, _)| is(front)).map(|(_, service)| *service);
    // On a Mac all of them have their folders in one place.
    found.or(if in_cloud_storage { Some("a cloud service") } else { None })
}

/// How the folder's name begins, and what people call the service.
const SERVICES: [(&str, &str); 14] = [
    ("OneDrive", "OneDrive"),
    ("Dropbox", "Dropbox"),
    ("iCloudDrive", "iCloud"),
    ("iCloud Drive", "iCloud"),
    ("Mobile Documents", "iCloud"),
    ("com~apple~CloudDocs", "iCloud"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
    ("Box Sync", "Box"),
    ("Nextcloud", "Nextcloud"),
    ("ownCloud", "ownCloud"),
    ("pCloudDrive", "pCloud"),
    ("MEGAsync", "MEGA"),
    ("Creative Cloud Files", "Creative Cloud"),
];

/// What a service's program leaves in the folder that it copies, wherever that is.
const MARKS: [(&str, &str); 4] = [
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
];

fn by_content(folder: &Path) -> Option<&'static str> {
    MARKS.iter().find(|(mark, _)| folder.join(mark).exists()).map(|(_, service)| *service)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_synchronised_folder_is_known_by_its_name() {
        for (folder, service) in [
            ("Users/ana/OneDrive/Harbor.crosswalk", Some("OneDrive")),
            ("Users/ana/OneDrive - Harbor Clinic/Documents/Harbor.crosswalk", Some("OneDrive")),
            ("home/ana/Dropbox/Harbor.crosswalk", Some("Dropbox")),
            ("home/ana/Dropbox (Personal)/Harbor.crosswalk", Some("Dropbox")),
            ("Users/ana/Library/Mobile Documents/com~apple~CloudDocs/Harbor.crosswalk", Some("iCloud")),
            (
                "Users/ana/Library/CloudStorage/GoogleDrive-ana@example.org/My Drive/Harbor.crosswalk",
                Some("Google Drive"),
            ),
            ("Users/ana/Library/CloudStorage/Tresorit/Harbor.crosswalk", Some("a cloud service")),
            ("home/ana/Documents/Harbor.crosswalk", None),
            ("home/ana/Dropboxes/Harbor.crosswalk", None),
            ("home/ana/OneDrives/Harbor.crosswalk", None),
        ] {
            let root = if cfg!(windows) { "C:\\" } else { "/" };
            assert_eq!(synchronised(&Path::new(root).join(folder)), service, "{folder}");
        }
    }

    #[test]
    fn a_synchronised_folder_is_known_by_what_its_program_left() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("work/Harbor.crosswalk");
        fs::create_dir_all(&project).unwrap();
        assert_eq!(synchronised(&project), None);
        fs::create_dir(folder.path().join(".stfolder")).unwrap();
        assert_eq!(synchronised(&project), Some("Syncthing"));
    }
}
