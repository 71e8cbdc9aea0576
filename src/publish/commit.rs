//! The end of a build: what was staged becomes the output folder.
//!
//! In: a [`Staging`] to which every file was put. Out: [`Changes`]. Everything that can fail comes before the one step
//! that shows; after it only tidying is left, whose failure is a note and not an error, since the site is published.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Changes;
use super::error::Error;
use super::exchange;
use super::guard::Holds;
use super::manifest::Manifest;
use super::paths::{self, Claims, Fate, MANIFEST};
use super::replace::replace;
use super::staging::{Exchange, Staging};
use super::survey::{Foreign, copy_permissions, survey};
use super::tree::Placed;

const DAMAGED: &str = ".jianbao-manifest was damaged: every file was compared anew, and none was removed; old pages may be left";
const ONE_BY_ONE: &str = "this file system cannot exchange folders: files were replaced one by one";

impl Staging {
    /// Publishes the build: exactly the files that were put, beside those that jianbao did not write.
    ///
    /// On an error the output is as it was, unless files had to be replaced one by one; the error's help says so.
    pub fn commit(mut self) -> Result<Changes, Error> {
        let claims = self.finish()?;
        let manifest = &self.published.manifest;
        // A damaged manifest may name what was never ours, so it takes nothing away.
        let is_damaged = manifest.is_damaged();
        let gone: BTreeSet<&str> =
            manifest.paths().filter(|path| !is_damaged && !claims.is_file(path)).collect();
        let mut changes = Changes {
            written: claims.with(Fate::Written).count(),
            unchanged: claims.with(Fate::Unchanged).count(),
            removed: gone.iter().filter(|path| self.published.is_there(path)).count(),
            exchanged: false,
            notes: std::mem::take(&mut self.notes),
        };
        if changes.written == 0 && gone.is_empty() && !is_damaged {
            return Ok(changes);
        }
        let holds = self.place.holds()?;
        let foreign = survey(&self.published, holds, &claims)?;
        if is_damaged {
            changes.notes.push(DAMAGED.into());
        }
        changes.notes.extend(kept(foreign.files()));
        self.complete(&claims)?;
        let never = self.way == Exchange::Never || !self.tree.is_beside;
        let is_new = holds == Holds::Missing || self.lock.made_output && foreign.is_empty() && !never;
        changes.exchanged = if is_new { self.appear(&claims)? } else { self.exchange(&claims, &foreign)? };
        if changes.exchanged {
            changes.notes.extend(self.tidy());
        } else {
            replace(&self.published, &self.tree, &claims, &gone)?;
            changes.notes.push(match self.tree.is_beside {
                true => ONE_BY_ONE.into(),
                false => {
                    format!(
                        "{} is write-protected: files were replaced one by one",
                        self.place.parent.display()
                    )
                }
            });
        }
        Ok(changes)
    }

    /// Writes the manifest beside the staged files.
    fn complete(&self, claims: &Claims) -> Result<(), Error> {
        let written = self.tree.write(MANIFEST, &Manifest::format(claims.paths()));
        written.map_err(|e| Error::io("write", &self.place.output.join(MANIFEST), &e))
    }

    /// The first build: the name is free, or an empty folder of ours keeps it, which a rename replaces.
    fn appear(&self, claims: &Claims) -> Result<bool, Error> {
        // Nothing is unchanged then, unless the folder vanished during the build; that is the error to report.
        self.link(claims)?;
        self.sync()?;
        self.lock.also(&self.tree.root);
        fs::rename(&self.tree.root, &self.place.output)
            .map_err(|e| Error::io("create", &self.place.output, &e))?;
        Ok(true)
    }

    /// Completes the staged tree and exchanges it; `false` if that cannot be done here, with the output as it was.
    fn exchange(&self, claims: &Claims, foreign: &Foreign) -> Result<bool, Error> {
        let output = &self.place.output;
        let never = self.way == Exchange::Never || !self.tree.is_beside;
        // Files that cannot be linked because they lie elsewhere tell that folders cannot be exchanged either; and a
        // file system mounted inside the output must not be taken for an old tree, which is deleted.
        if never
            || self.link(claims)? == Placed::Elsewhere
            || foreign.carry(&self.published, &self.tree)? == Placed::Elsewhere
        {
            return Ok(false);
        }
        copy_permissions(output, &self.tree.root).map_err(|e| Error::io("look at", output, &e))?;
        self.sync()?;
        self.lock.also(&self.tree.root);
        exchange::exchange(&self.tree.root, output).map_err(|e| Error::io("replace", output, &e))
    }

    /// Lets the unchanged files appear in the staged tree.
    fn link(&self, claims: &Claims) -> Result<Placed, Error> {
        for path in claims.with(Fate::Unchanged) {
            let from = self.published.root.join(path);
            let folder = self.tree.folder(paths::folder(path));
            let placed = folder.and_then(|()| self.tree.link(&from, Path::new(path)));
            if placed.map_err(|e| Error::io("keep", &from, &e))? == Placed::Elsewhere {
                return Ok(Placed::Elsewhere);
            }
        }
        Ok(Placed::Here)
    }

    fn sync(&self) -> Result<(), Error> {
        exchange::sync(&self.tree.root).map_err(|e| Error::io("write", &self.place.output, &e))
    }

    /// After the one step: makes it last, and deletes the old tree, which now has the staged tree's name.
    fn tidy(&self) -> Option<String> {
        let synced =
            exchange::sync_names(&self.place.parent).map_err(|e| Error::io("sync", &self.place.parent, &e));
        let removed = self.tree.remove().map_err(|e| Error::io("remove the old tree", &self.tree.root, &e));
        synced.and(removed).err().map(|e| format!("published, but {e}"))
    }
}

fn kept(files: usize) -> Option<String> {
    match files {
        0 => None,
        1 => Some("kept 1 file that jianbao did not write".into()),
        n => Some(format!("kept {n} files that jianbao did not write")),
    }
}
